"""A store filled with the real lists by the command that people use."""

import sys
from pathlib import Path

from processes import run
from workloads import OFAC_PUBLISHED, ofac_files, un_file

ARTICLE41 = Path(sys.executable).with_name("article41")


def filled_store(folder: Path) -> tuple[dict[str, str], dict[str, float]]:
    """Add the lists to a new store; the variables that name it, and what adding took."""
    variables = {"ARTICLE41_STORE": str(folder)}
    adding = [ARTICLE41, "lists", "add"]
    ofac = run(
        [*adding, *ofac_files(), "--published", OFAC_PUBLISHED.isoformat()], variables=variables
    )
    un = run([*adding, un_file()], variables=variables)
    figures = {
        "ofac_s": round(ofac.seconds, 2),
        "un_s": round(un.seconds, 2),
        "peak_mb": round(max(ofac.peak_mb, un.peak_mb), 1),
    }
    return variables, figures
