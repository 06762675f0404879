"""What a verdict tells beside its findings: who was not found, and why."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from article41.checks import Screener
from article41.checks.acts import Checker
from article41.faces.demonstration import demonstration_store
from article41.model.acts import Act
from article41.model.errors import ActError
from article41.model.measures import Outcome
from article41.model.verdicts import Verdict
from tests.checks.test_ordinary_acts import paid, party, sold


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    folder = tmp_path_factory.mktemp("acts") / "demonstration"
    demonstration_store(folder)
    return Checker(Screener(folder))


# Any: acts are written as a caller would write them in JSON.
def checked(checker: Checker, payee: dict[str, Any], country: str = "DE") -> Verdict:
    table = paid(country, "SY", on="2012-07-06")
    table["parties"] = [table["parties"][0], payee]
    act: Act = msgspec.convert(table, type=Act)
    return checker.check(act)


def test_a_listed_name_with_another_birth_is_told_by_the_law_that_goes_by_the_list(
    checker: Checker,
) -> None:
    payee = party("payee", "SY", name="Rami Makhlouf", birth_date="1931-02-03", schema="Person")

    verdict = checked(checker, payee)

    result = next(one for one in verdict.results if one.jurisdiction == "EU")
    [told] = [one for one in result.considered if one.measure == "other-births"]
    [because] = told.because
    assert result.outcome is Outcome.NO_MEASURE_FOUND
    assert because.fact == "parties.payee.birth_date"
    assert "is not taken for" in because.text
    assert "born 1931-02-03, the listed 1969-07-10" in because.text


def test_law_that_reaches_further_than_it_binds_counts_for_the_whole(checker: Checker) -> None:
    """Export rules of the United States follow what is made of their parts, whoever sells it."""
    owners = {"schema": "Company", "status": "private", "owners": "none-listed"}
    line = {"description": "water pump", "code": "8413 70"}
    said: dict[str, Any] = {
        "on": "2008-03-03",
        "parties": [party("seller", "DE", **owners), party("buyer", "SY", **owners)],
        "facts": {"carried-by-vessel-or-aircraft": False},
    }
    table = sold("DE", "SY", line, **said)
    settled = checker.check(msgspec.convert(table, type=Act))
    table["goods"] = [{"origin": "DE", **line}]
    open_ = checker.check(msgspec.convert(table, type=Act))

    assert (open_.outcome, settled.outcome) == (Outcome.REVIEW, Outcome.NO_MEASURE_FOUND)
    assert [one.fact for one in open_.missing] == ["goods[0].us_content"]


def test_of_a_day_before_all_law_nothing_is_answered(checker: Checker) -> None:
    first = checker.law.first_day
    made: Act = msgspec.convert(paid("DE", "SY", on=first.isoformat()), type=Act)

    checker.check(made)
    with pytest.raises(ActError, match="no law is held"):
        checker.check(msgspec.structs.replace(made, on=first - timedelta(days=1)))
