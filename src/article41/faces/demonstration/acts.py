"""Six acts of the day of the article, as anybody would write them for `article41 check`."""

from importlib.resources import files

from article41.checks.reading import read_acts
from article41.model.acts import Act

FILE, MESSAGE = "acts.yaml", "payment.txt"


def demonstration_acts() -> tuple[Act, ...]:
    """The six acts, each of 6 July 2012.

    Example:
        >>> [act.on.isoformat() for act in demonstration_acts()][:1]
        ['2012-07-06']
    """
    data = files(__package__).joinpath(FILE).read_bytes()
    return tuple(read_acts(data, file=FILE))


def demonstration_message() -> bytes:
    """An MT103 of a German bank to one of Damascus, as it would come.

    Example:
        >>> b"CMSYSYDA" in demonstration_message()
        True
    """
    return files(__package__).joinpath(MESSAGE).read_bytes()
