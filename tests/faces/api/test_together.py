"""Short questions are answered together, and none of them suffers by another."""

import asyncio
import threading
from collections.abc import Sequence

import pytest

from article41.casework.audit import Asked, MayLeave, Receipt
from article41.faces.api.answering import Told
from article41.faces.api.payments import SHORT_BYTES
from article41.faces.api.questions import match_question
from article41.faces.api.together import Recorded, Together
from article41.faces.api.writer import Writer
from article41.faces.recording import Recorder
from article41.faces.settings import Recording
from article41.model.errors import InputError, RecordError
from tests.casework.questions import question
from tests.faces.api.made import Served, problem
from tests.faces.api.test_routes import MT103

ODD, FAULTY = "odd", "faulty"


class Noting(Recorder):
    """Notes what is written at once, and writes it when it may."""

    def __init__(self, error: Exception | None = None) -> None:
        super().__init__(None, recording=Recording.WHOLE, by="server:", settings={})
        self.groups: list[list[str]] = []
        self.settled = 0
        self.may_write = threading.Event()
        self.may_write.set()
        self.error = error

    def write(self, asked: Sequence[Asked], *, may_leave: MayLeave | None = None) -> list[Receipt]:
        assert self.may_write.wait(20)
        if self.error is not None:
            raise self.error
        names = [one.question.decode() for one in asked]
        if any(ODD in name for name in names):
            raise InputError("this cannot go on record", hint="ask something else")
        self.groups.append(names)
        receipts = [
            Receipt(id=f"of {name}", index=at, disclosure=None) for at, name in enumerate(names)
        ]
        assert may_leave is not None
        may_leave(receipts)
        return receipts

    def settle(self) -> None:
        self.settled += 1


def told(names: Sequence[str]) -> list[Told | Exception]:
    return [
        ZeroDivisionError() if name == FAULTY else Told((question(name=name),)) for name in names
    ]


def outcomes(recorder: Noting, names: Sequence[str]) -> list[Recorded | BaseException]:
    """What becomes of questions of which all but the first come while that is answered."""
    all_wait = threading.Event()

    def tell(asked: Sequence[str]) -> list[Told | Exception]:
        assert all_wait.wait(20)
        return told(asked)

    async def ask() -> list[Recorded | BaseException]:
        waiting = [together.ask(one) for one in ("first", *names)]
        all_wait.set()
        _, *others = await asyncio.gather(*waiting, return_exceptions=True)
        return others

    together = Together(Writer(recorder), tell)
    found = asyncio.run(ask())
    together.close()
    return found


def test_what_comes_meanwhile_goes_on_record_with_one_write_each_by_its_name() -> None:
    recorder = Noting()
    names = [f"Ada {number}" for number in range(8)]

    found = outcomes(recorder, names)

    *_, group = recorder.groups
    assert len(recorder.groups) <= 2
    assert [name in text for name, text in zip(names, group[-8:], strict=True)] == [True] * 8
    for name, one in zip(names, found, strict=True):
        assert not isinstance(one, BaseException)
        [given] = one[1]
        assert name in given.id


def test_what_cannot_be_answered_harms_nobody_else() -> None:
    first, second, third = outcomes(Noting(), ["Ada", FAULTY, "Eve"])

    assert isinstance(second, ZeroDivisionError)
    assert not isinstance(first, BaseException)
    assert not isinstance(third, BaseException)


def test_what_cannot_go_on_record_harms_nobody_else() -> None:
    recorder = Noting()

    first, second, third = outcomes(recorder, ["Ada", ODD, "Eve"])

    assert isinstance(second, InputError)
    assert not isinstance(first, BaseException)
    assert not isinstance(third, BaseException)
    assert [name for group in recorder.groups[-2:] for name in group if "first" not in name] == [
        question(name=name).question.decode() for name in ("Ada", "Eve")
    ]


def test_where_nothing_can_be_written_nothing_is_answered() -> None:
    recorder = Noting(RecordError("no space left", hint="make room"))

    found = outcomes(recorder, ["Ada", "Eve"])

    assert [type(one) for one in found] == [RecordError, RecordError]


def test_no_answer_leaves_before_it_is_written() -> None:
    recorder, is_told = Noting(), threading.Event()
    recorder.may_write.clear()

    def tell(asked: Sequence[str]) -> list[Told | Exception]:
        is_told.set()
        return told(asked)

    together = Together(Writer(recorder), tell)

    async def ask() -> bool:
        waiting = together.ask("Ada")
        await asyncio.to_thread(is_told.wait, 20)
        await asyncio.sleep(0.05)
        was_done = waiting.done()
        recorder.may_write.set()
        await waiting
        return was_done

    assert asyncio.run(ask()) is False
    together.close()


def test_who_ends_answers_all_that_waits() -> None:
    recorder = Noting()
    together = Together(Writer(recorder), told)

    async def ask() -> list[Recorded]:
        waiting = [together.ask("Ada") for _ in range(100)]
        await asyncio.to_thread(together.close)
        return await asyncio.gather(*waiting)

    assert len(asyncio.run(ask())) == sum(map(len, recorder.groups)) == 100


def test_what_was_answered_is_signed_for_once_nobody_asks() -> None:
    recorder = Noting()
    together = Together(Writer(recorder), told)

    async def ask() -> None:
        for _ in range(5):
            await together.ask("Ada")
        while not recorder.settled:
            await asyncio.sleep(0.01)

    asyncio.run(asyncio.wait_for(ask(), 20))
    together.close()


def test_who_waits_no_more_harms_nobody() -> None:
    recorder = Noting()
    recorder.may_write.clear()
    together = Together(Writer(recorder), told)

    async def ask() -> Recorded:
        left, stays = together.ask("Ada"), together.ask("Eve")
        left.cancel()
        recorder.may_write.set()
        return await stays

    assert "Eve" in asyncio.run(ask())[1][0].id
    together.close()


@pytest.mark.parametrize(
    ("body", "is_short"),
    [
        (b'{"parties": [{"name": "Ada"}]}', True),
        (b'{"parties": [{"name": "Ada"}], "exhaustive": true}', False),
        (b'{"parties": [{"name": "Ada"}], "known_at": "2024-06-01"}', False),
        (b'{"parties": [' + b", ".join([b'{"name": "Ada"}'] * 5) + b"]}", False),
    ],
)
def test_what_takes_its_time_is_no_short_question(body: bytes, *, is_short: bool) -> None:
    assert match_question(body).is_short is is_short


def test_short_and_long_questions_have_the_same_answers(served: Served) -> None:
    key, parties = served.key(), [{"name": "Ada Example"}]
    long = {"parties": parties * 5}

    alone = served.ask("POST", "/match", key=key, json={"parties": parties}).json()
    among = served.ask("POST", "/match", key=key, json=long).json()

    assert among["answers"] == alone["answers"] * 5


def test_a_number_that_cannot_go_on_record_is_refused_alone(served: Served) -> None:
    match: dict[str, object] = {"parties": [{"name": "Ada"}]}
    requests = [("POST", "/match", {"json": match}) for _ in range(7)]
    requests.insert(3, ("POST", "/match", {"json": match | {"limit": 2**60}}))

    responses = served.ask_all(requests, key=served.key())

    assert [one.status_code for one in responses] == [200] * 3 + [422] + [200] * 4
    assert "beyond what readers" in problem(responses[3], 422)["detail"]
    assert len(served.entries()) == 7


def test_payments_that_come_at_once_have_each_its_own_answer(served: Served) -> None:
    messages = [MT103.replace("REF-7", f"REF-{number}") for number in range(8)]
    messages[3] = messages[3][:90]
    messages[5] = "".join(messages[5].replace("REF-5", f"REF-5-{part}") for part in range(50))
    assert len(messages[4]) < SHORT_BYTES < len(messages[5])
    kind = {"content-type": "text/plain"}

    responses = served.ask_all(
        [("POST", "/payments?on=2024-06-01", {"content": one, "headers": kind}) for one in messages]
        + [("POST", "/match", {"json": {"parties": [{"name": "Ada"}]}})],
        key=served.key(),
    )

    unread = problem(responses[3], 422)
    told = [[one["reference"] for one in each.json().get("payments", ())] for each in responses]
    assert told[5] == [f"REF-5-{part}" for part in range(50)]
    assert told[:3] + told[4:5] + told[6:] == [
        ["REF-0"], ["REF-1"], ["REF-2"], ["REF-4"], ["REF-6"], ["REF-7"], [],
    ]  # fmt: skip
    records = [name for each in responses for name in each.json().get("records", ())]
    assert sorted([*records, unread["record"]]) == sorted(one.id for one in served.entries())
    assert (unread["code"], len(records)) == ("message", 8)
