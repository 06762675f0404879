"""The count of what a reading met and kept, so that nothing is left out without a line."""

from collections import Counter

from article41.model.errors import FormatError
from article41.model.listings import Facet, Listing, ReadingReport, Skip

PLACES_MAX = 5


class Tally:
    """Counts while a publication is read; `report` freezes the counts, and refuses an empty list.

    Example:
        >>> tally = Tally()
        >>> tally.read += 2
        >>> tally.skip("empty row", "a.csv:3")
        >>> tally.skipped[0].places
        ('a.csv:3',)
    """

    def __init__(self) -> None:
        """Start from nothing."""
        self.read = 0
        self.left_out = 0
        self._listings = 0
        self._names = 0
        self._skips: Counter[str] = Counter()
        self._lost: set[str] = set()
        self._places: dict[str, list[str]] = {}

    def skip(self, reason: str, place: str, *, count: int = 1) -> None:
        """Count values that are lost: they were read, and no listing says what they say."""
        self._lost.add(reason)
        self.pass_over(reason, place, count=count)

    def pass_over(self, reason: str, place: str, *, count: int = 1) -> None:
        """Count values left out without loss: said elsewhere, or saying nothing of a target."""
        self.left_out += count
        self.remark(reason, place, count=count)

    def remark(self, reason: str, place: str, *, count: int = 1) -> None:
        """Count something worth a line although its text was kept; nothing is none."""
        if not count:
            return
        self._skips[reason] += count
        places = self._places.setdefault(reason, [])
        if len(places) < PLACES_MAX:
            places.append(place)

    def count(self, listing: Listing) -> None:
        """Count a listing that is about to be yielded."""
        self._listings += 1
        self._names += len(listing.entity.names)

    @property
    def skipped(self) -> tuple[Skip, ...]:
        """What was skipped and remarked so far, what is lost first, then the commonest."""
        skips = (
            Skip(
                reason=reason,
                count=count,
                places=tuple(self._places[reason]),
                is_lost=reason in self._lost,
            )
            for reason, count in self._skips.most_common()
        )
        return tuple(sorted(skips, key=lambda one: not one.is_lost))

    def report(
        self,
        file: str,
        *,
        gaps: tuple[str, ...] = (),
        silent_on: tuple[Facet, ...] = (),
        may_be_cut: bool = False,
    ) -> ReadingReport:
        """What was counted, the commonest reasons first.

        Args:
            file: The name of the file, or of the first one.
            gaps: What the publication lacks.
            silent_on: What it says nothing of.
            may_be_cut: True if it lacks its end.

        Raises:
            FormatError: No listing was counted.
        """
        if not self._listings:
            raise FormatError(
                "there is no entry in the list",
                hint="an empty list would lift every sanction; get the file again",
                file=file,
            )
        return ReadingReport(
            read=self.read,
            kept=self.read - self.left_out,
            listings=self._listings,
            names=self._names,
            skipped=self.skipped,
            gaps=gaps,
            silent_on=silent_on,
            may_be_cut=may_be_cut,
        )
