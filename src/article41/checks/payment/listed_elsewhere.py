"""Entries of the parties of a payment whose authorities bind nobody in it: told, and held by none.

A bank in Germany that pays somebody on the list of OFAC breaks no law that binds it, as far as the
message tells; that the payee is listed is still to be seen.
"""

from collections.abc import Iterator

from article41.checks.payment.answers import ElsewhereEntry
from article41.model.verdicts import Verdict


def listed_elsewhere(verdict: Verdict) -> Iterator[ElsewhereEntry]:
    """Each such entry with the party that it is of, in the order of the parties.

    Args:
        verdict: The verdict of the payment.
    """
    keys = {entry.key for entry in verdict.listed_elsewhere}
    if not keys:
        return
    for standing in verdict.parties:
        for entry in standing.listed:
            if entry.key in keys:
                yield ElsewhereEntry(
                    party=standing.party,
                    authority=entry.authority,
                    key=entry.key,
                    name=entry.name,
                    identity=entry.identity,
                    in_force=entry.in_force,
                    score=entry.score,
                    evidence=entry.evidence,
                )
