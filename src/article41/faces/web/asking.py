"""Asks about a name, an act or a file of payments, and tells the answer on a page.

What is asked goes in the body of a request and never into an address.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import yaml
from fastapi import Request
from fastapi.responses import Response

from article41.casework.audit import Asked
from article41.checks import THRESHOLD
from article41.checks.payment.act import act_of, asker_of
from article41.faces.api.access import Key, Scope, refuse_other_scope
from article41.faces.api.answerer import Answerer
from article41.faces.api.answering import ActsAsked, Told, acts_told, read_acts_asked
from article41.faces.api.payments import PaymentsAsked, payments_told
from article41.faces.api.problems import Problem, problem_of
from article41.faces.api.questions import at_place, match_question
from article41.faces.settings import today
from article41.faces.web.carried import Carried, Fields
from article41.faces.web.desk import Desk
from article41.faces.web.faults import Faults, read_form
from article41.faces.web.fields import ACT_KINDS, act_help
from article41.faces.web.filled import (
    ROWS_WHOLE,
    ROWS_WHOLE_ANSWERED,
    Marks,
    first_of,
    form_of,
)
from article41.faces.web.filling import (
    KIND,
    Plain,
    begun,
    changed,
    is_too_long,
    of_act,
    place_of,
    plain_act,
)
from article41.faces.web.proposed import proposed
from article41.faces.web.shown import MATCHES_TOLD, name_answer_of, shown_name, shown_payments
from article41.faces.web.verdict_shown import ShownVerdict, facts_asked, shown_verdict
from article41.faces.web.whole import whole_parts
from article41.model.acts import Act
from article41.model.entities import Schema
from article41.model.errors import Article41Error, RequestError

MATCHES_ASKED = 100
"""Resemblances of one name that are answered."""
VERDICTS_BYTES = 45_000
"""Text of the answers to several acts; of those after it each is named in a line."""


class AnsweredAct(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to one of the acts that were asked about."""

    shown: ShownVerdict
    """As it is told."""
    record: str
    """By which name it is on record."""
    is_named: bool
    """True if it is told in a line alone."""
    whole: str
    """All of it, where the record keeps no more than a hash."""


class Asking:
    """What is asked on the page.

    Args:
        desk: Where one sits: session, forms, pages.
        answerer: What all routes share.
    """

    def __init__(self, desk: Desk, answerer: Answerer) -> None:
        """Keep both."""
        self._desk = desk
        self._answerer = answerer

    async def check(self, request: Request) -> Response:
        """Where a name, an act or a payment is asked about."""
        return self._check(request, self._desk.key(request))

    async def name(self, request: Request) -> Response:
        """Whom a name resembles."""
        key, form, _ = await self._desk.own_form(request)
        party = {
            "name": form.get("name", ""),
            "schema": form.get("schema") or None,
            "birth_dates": [form["birth_date"]] if form.get("birth_date") else [],
            "country": form.get("country") or None,
        }
        asked = {
            "parties": [party],
            "as_of": form.get("as_of") or None,
            "known_at": form.get("known_at") or None,
            "limit": MATCHES_ASKED,
        }
        try:
            refuse_other_scope(key, Scope.MATCH)
            question = match_question(json.dumps(asked).encode())
            told, records = await self._answerer.names_told(key, question)
        except Article41Error as error:
            return self._check(request, key, form=form, problem=problem_of(error))
        (one,) = told.asked
        return self._check(
            request, key, form=form, answer=shown_name(name_answer_of(one.answer)),
            records=records, kept=_kept(one, records),
        )  # fmt: skip

    async def payment(self, request: Request) -> Response:
        """Whether the payments of a file are to be held."""
        key, form, file = await self._desk.own_form(request)
        try:
            refuse_other_scope(key, Scope.PAYMENTS)
            asked = PaymentsAsked(
                body=file or form.get("message", "").encode(),
                asker=at_place("asker", asker_of, form.get("asker", "").strip()),
                day=None,
                jurisdictions=(),
                known_at=None,
                threshold=THRESHOLD,
            )
            told, records = await self._answerer.told(
                key,
                kind="payment",
                tell=lambda asker: payments_told(asked, self._answerer.lists.opened(), asker),
            )
        except Article41Error as error:
            return self._check(request, key, form=form, problem=problem_of(error))
        (one,) = told.asked
        shown = await self._answerer.in_thread(
            lambda: shown_payments(
                one.answer,
                one.question,
                act_text=lambda payment, day: _yaml(
                    of_act(act_of(payment, day=day, asker=asked.asker).act)
                ),
            )
        )
        return self._check(
            request, key, form=form, payments=shown, records=records, kept=_kept(one, records)
        )

    async def form(self, request: Request) -> Response:
        """Where an act is filled in by fields."""
        key = self._desk.key(request)
        kind = request.query_params.get("kind", "")
        if kind not in ACT_KINDS:
            return self._check(request, key)
        return self._act(request, key, plain=begun(kind, on=today().isoformat()))

    async def fields(self, request: Request) -> Response:
        """What the law says of an act that was filled in by fields, or one more row of them."""
        key, form, _ = await self._desk.own_form(request)
        kind, do = form.pop(KIND, ""), form.pop("do", "")
        if kind not in ACT_KINDS:
            problem = problem_of(RequestError(
                f"`{kind[:40]}` is no kind of act", hint=f"one of {', '.join(ACT_KINDS)}"
            ))  # fmt: skip
            return self._check(request, key, problem=problem)
        plain = plain_act(kind, form, keeps_rows=bool(do))
        if is_too_long(plain):
            problem = problem_of(RequestError(
                "the form has more rows than are filled in by fields", hint="write the act as text"
            ))  # fmt: skip
            return self._check(request, key, text=_yaml(plain), problem=problem)
        if do:
            plain = changed(plain, do)
            return self._act(request, key, plain=plain, added=do.partition(" ")[2])
        try:
            act = read_form(plain)
            told, records = await self._law(key, (act,))
        except Faults as faults:
            return self._act(
                request, key, plain=plain, faults=faults.by_place,
                problem=problem_of(faults.first),
            )  # fmt: skip
        except Article41Error as error:
            problem = problem_of(error)
            said = f"{problem.detail}: {problem.hint}"
            at = {place_of(problem.place, plain): said} if problem.place else {}
            return self._act(request, key, plain=plain, faults=at, problem=problem)
        return await self._answered(request, key, (act,), told, records)

    async def act(self, request: Request) -> Response:
        """What the law says of acts that were written as text."""
        key, form, _ = await self._desk.own_form(request)
        text = form.get("act", "")
        try:
            acts = read_acts_asked(text.encode(), None, ())
            told, records = await self._law(key, acts)
        except Article41Error as error:
            return self._check(request, key, text=text, problem=problem_of(error))
        return await self._answered(request, key, acts, told, records, text=text)

    def again(self, request: Request, key: Key, carried: Carried, *, cookie: str = "") -> Response:
        """A form as it was filled in when its session had ended: nothing is asked by it.

        Args:
            request: The request.
            key: Who is signed in.
            carried: What was filled in.
            cookie: Of the session, if it begins with this page.
        """
        # Any: what a template shows has no one type.
        given: dict[str, Any] = {"back": carried, "cookie": cookie}
        fields, text = carried.fields, ""
        if carried.form == "fields" and fields.get(KIND) in ACT_KINDS:
            fields.pop("do", "")
            plain = plain_act(fields.pop(KIND), fields, keeps_rows=True)
            if not is_too_long(plain):
                return self._act(request, key, plain=plain, **given)
            text = _yaml(plain)
        elif carried.form == "act":
            text = fields.get("act", "")
        form = fields if carried.form in ("name", "payment") else {}
        return self._check(request, key, form=form, text=text, **given)

    async def _law(self, key: Key, acts: tuple[Act, ...]) -> tuple[Told, tuple[str, ...]]:
        refuse_other_scope(key, Scope.CHECK)
        told, records = await self._answerer.told(
            key,
            kind="check",
            tell=lambda asker: acts_told(
                ActsAsked(acts, None, THRESHOLD), self._answerer.lists.opened(), asker
            ),
        )
        return told, tuple(records)

    async def _answered(
        self,
        request: Request,
        key: Key,
        acts: tuple[Act, ...],
        told: Told,
        records: tuple[str, ...],
        *,
        text: str = "",
    ) -> Response:
        answers = await self._answerer.in_thread(lambda: answered_acts(told.asked, records))
        # Any: what a template shows has no one type.
        given: dict[str, Any] = {"answers": answers, "notes": told.notes, "records": records}
        plain = of_act(acts[0]) if len(acts) == 1 else {}
        if not plain or is_too_long(plain):
            return self._check(request, key, text=text, **given)
        facts = facts_asked(answers[0].shown)
        return self._act(request, key, plain=plain, text=text, facts=facts, **given)

    async def whole(self, request: Request) -> Response:
        """The whole answer that is on record, part by part."""
        key = self._desk.key(request)
        name = str(request.path_params["name"])
        part = request.query_params.get("part", "1")
        number = int(part) if part.isdecimal() and len(part) < 6 else 1
        try:
            _, entry = await self._answerer.in_thread(lambda: self._answerer.on_record(name, key))
        except Article41Error as error:
            return self._check(request, key, problem=problem_of(error))
        body = bytes(entry.answer)
        # Any: what a template shows has no one type.
        given: dict[str, Any] = {"record": name, "kind": entry.kind, "text": "", "answer": None}
        count = 1
        if body and entry.kind == "match":
            answer = name_answer_of(body)
            count = max(1, -(-len(answer.matches) // MATCHES_TOLD))
            number = min(max(number, 1), count)
            given["answer"] = shown_name(answer, first=(number - 1) * MATCHES_TOLD)
        elif body:
            parts = await self._answerer.in_thread(lambda: whole_parts(entry.kind, body))
            count = len(parts)
            number = min(max(number, 1), count)
            given["text"] = parts[number - 1]
        return self._desk.page(request, "whole.html", key, number=number, count=count, **given)

    def _check(
        self,
        request: Request,
        key: Key,
        *,
        form: Fields | None = None,
        text: str = "",
        problem: Problem | None = None,
        **given: Any,  # what a template shows has no one type
    ) -> Response:
        return self._desk.page(
            request,
            "check.html",
            key,
            problem=problem,
            form=form or {},
            text=text,
            schemas=[one.value for one in Schema],
            proposed=proposed(("countries",)),
            kinds={kind: act_help(kind) for kind in ACT_KINDS},
            **given,
        )

    def _act(
        self,
        request: Request,
        key: Key,
        *,
        plain: Plain,
        problem: Problem | None = None,
        faults: dict[str, str] | None = None,
        facts: Mapping[str, tuple[str, ...]] | None = None,
        added: str = "",
        text: str = "",
        **given: Any,  # what a template shows has no one type
    ) -> Response:
        places = {fact: place_of(fact, plain) for fact in facts or {}}
        marks = Marks(
            faults=faults or {},
            questions=_by_place(places, facts or {}),
            unfolded=added,
            rows_whole=ROWS_WHOLE if facts is None else ROWS_WHOLE_ANSWERED,
        )
        form = form_of(plain, marks)
        return self._desk.page(
            request,
            "act.html",
            key,
            problem=problem,
            act=form,
            focus=first_of(form, added) if added else "",
            links={fact: form.id_of(place) for fact, place in places.items()},
            faults=[(form.id_of(place), said) for place, said in (faults or {}).items()],
            text=text or _yaml(plain),
            json=json.dumps(plain, ensure_ascii=False, indent=1),
            kinds={kind: act_help(kind) for kind in ACT_KINDS},
            proposed=proposed(form.proposes, keys=form.keys),
            **given,
        )


def _yaml(plain: Plain) -> str:
    text: str = yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=100)
    return text


def _kept(asked: Asked, records: Sequence[str]) -> str:
    """By which name the answer can be read on record; empty if no more than a hash is there."""
    return "" if asked.is_withheld or not records else records[0]


def _by_place(
    places: Mapping[str, str], facts: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """What is asked of facts, by place in the form."""
    asked: dict[str, tuple[str, ...]] = {}
    for fact, place in places.items():
        asked[place] = (*asked.get(place, ()), *facts[fact])
    return asked


def answered_acts(asked: Sequence[Asked], records: Sequence[str]) -> tuple[AnsweredAct, ...]:
    """The answers to acts as they are told, from their bytes."""
    answers = []
    left = VERDICTS_BYTES
    for at, one in enumerate(asked):
        shown = shown_verdict(one.answer)
        left -= len(msgspec.json.encode(shown))
        record = _kept(one, records[at:])
        answers.append(
            AnsweredAct(
                shown=shown,
                record=record,
                is_named=at > 0 and left < 0 and bool(record),
                whole="" if record else "\n".join(whole_parts(one.kind, one.answer)),
            )
        )
    return tuple(answers)
