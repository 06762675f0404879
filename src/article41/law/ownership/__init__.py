"""Ownership and control: which rule holds on a day, and what it makes of who owns a party.

Pure: holdings, listed parties, rule and day come in, notes go out; a threshold is applied at each
link and never multiplied, and what a person must judge is asked.
"""

from article41.law.ownership.examination import examine
from article41.law.ownership.loading import families, load_rules, read_rules, rule_on
from article41.law.ownership.openness import Known, OpenOwners, open_owners_of
from article41.law.ownership.rules import Family, Passes, Rules, RuleSet, State, Sums
from article41.law.ownership.spreading import OWNERSHIP_DEPTH_MAX
from article41.law.ownership.surroundings import LISTED_MAX
from article41.law.ownership.ties import HOLDINGS_MAX
from article41.law.ownership.wording import Sought

__all__ = [
    "HOLDINGS_MAX",
    "LISTED_MAX",
    "OWNERSHIP_DEPTH_MAX",
    "Family",
    "Known",
    "OpenOwners",
    "Passes",
    "RuleSet",
    "Rules",
    "Sought",
    "State",
    "Sums",
    "examine",
    "families",
    "load_rules",
    "open_owners_of",
    "read_rules",
    "rule_on",
]
