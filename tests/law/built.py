"""Builds, for any measure of the catalogue, an act that it means, with the standing of its parties.

The act says everything that the measure asks for and nothing else; the parties are invented.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import msgspec

from article41.model.acts import Act, Verb
from article41.model.clocks import InForce
from article41.model.measures import Level, Measure
from article41.model.targets import (
    Code,
    Condition,
    GoodsTarget,
    ListedTarget,
    PartyTarget,
    SecurityTarget,
    StatesTarget,
    Target,
)
from article41.model.verdicts import Identity, ListedAs, PartyStanding

# Any: acts are built as a file would hold them, field by field.
Tree = dict[str, Any]
Standings = dict[str, PartyStanding]

MEMBER = {"EU": "DE", "UN": "FR", "LAS": "EG", "GB-OT": "GI"}
"""A country in which a jurisdiction binds, where it is no country itself."""
_GOODS = (
    Verb.SELL, Verb.EXPORT, Verb.IMPORT, Verb.PURCHASE, Verb.TRANSPORT, Verb.INSURE, Verb.FINANCE,
    Verb.BROKER, Verb.ASSIST, Verb.PROVIDE_SERVICE, Verb.RELEASE, Verb.INSPECT, Verb.PAY,
)  # fmt: skip
_JOURNEY = (
    Verb.ISSUE_VISA, Verb.ENTER, Verb.TRANSIT, Verb.LAND, Verb.OVERFLY, Verb.CALL_AT_PORT,
    Verb.STAY,
)  # fmt: skip
_DIPLOMATIC = (Verb.ACCREDIT, Verb.RECEIVE_ENVOY, Verb.EXPEL, Verb.SUSPEND)
_SECURITIES = (Verb.DEAL_SECURITY, Verb.ISSUE_SECURITY)
_ROLE_OF_TARGET = {
    "party": "customer", "payment": "payee", "cargo": "consignee", "journey": "carrier",
    "securities": "issuer", "communication": "end-user", "diplomatic": "sending-state",
}  # fmt: skip


def built(measure: Measure, target: Target, day: date) -> tuple[Act, Standings]:
    """An act of a day with everything that a target asks for."""
    verb = _verb(measure, target)
    kind = _kind(verb, target)
    member = MEMBER.get(measure.jurisdiction, measure.jurisdiction)
    tree: Tree = {
        "act": kind,
        "on": day,
        "asker": {"party": "doer", "does": [verb.value]},
        "parties": [_doer(measure, member)],
        "facts": {},
    }
    _of_kind(tree, kind, member)
    standings: Standings = {}
    if target.party is not None:
        _party(tree, target.party, kind, standings, day)
    if target.goods is not None:
        tree["goods"] = [_line(target.goods, tree)]
    if target.flight is not None:
        tree["flight"] = (target.flight.kinds or ("passenger",))[0]
    if target.security is not None:
        _security(tree, target.security)
    if target.states is not None:
        _states(tree, target.states)
    if target.places:
        tree["places"] = [target.places[0]]
    for condition in target.when:
        _condition(tree, condition, day)
    act: Act = msgspec.convert(tree, type=Act)
    return act, standings


def _verb(measure: Measure, target: Target) -> Verb:
    verbs = target.forbids or measure.forbids
    said = tuple(verb for condition in target.when for verb in condition.verbs)
    choice = tuple(verb for verb in verbs if verb in said) or verbs
    for fitting, wanted in (
        (target.goods, _GOODS),
        (target.flight, _JOURNEY),
        (target.security, _SECURITIES),
        (target.states, _DIPLOMATIC),
    ):
        if fitting is not None:
            choice = tuple(verb for verb in choice if verb in wanted) or choice
    roles = {role.value for role in target.party.roles} if target.party is not None else set()
    if "payee" in roles and Verb.PAY in choice:
        return Verb.PAY
    return choice[0]


def _kind(verb: Verb, target: Target) -> str:
    if target.goods is not None:
        return "cargo"
    if target.flight is not None:
        return "journey"
    if target.security is not None:
        return "securities"
    for kind, verbs in (
        ("journey", _JOURNEY),
        ("securities", _SECURITIES),
        ("diplomatic", _DIPLOMATIC),
        ("payment", (Verb.PAY, Verb.RECEIVE_PAYMENT)),
        ("cargo", tuple(one for one in _GOODS if one is not Verb.PROVIDE_SERVICE)),
    ):
        if verb in verbs:
            return kind
    return "party"


def _doer(measure: Measure, member: str) -> Tree:
    is_state = measure.level is Level.STATES
    return {
        "id": "doer",
        "role": "authority" if is_state else "other",
        "name": "Beispiel Haus",
        "country": member,
        "status": "government" if is_state else "private",
        "schema": "PublicBody" if is_state else "Company",
        "is_bank": not is_state,
    }


def _of_kind(tree: Tree, kind: str, member: str) -> None:
    if kind == "cargo":
        tree |= {"goods": [{"description": "goods"}], "loaded_in": member, "discharged_in": "XC"}
    elif kind == "payment":
        tree |= {"money": {"amount": Decimal(100), "currency": "XTS"}, "cleared_in": [member]}
    elif kind == "journey":
        tree |= {"leaves": "XC", "arrives": member}
    elif kind == "securities":
        tree |= {"instrument": "bond"}
    elif kind == "diplomatic":
        tree |= {"sending": "XC", "receiving": member}


def _party(tree: Tree, target: PartyTarget, kind: str, standings: Standings, day: date) -> None:
    role = target.roles[0].value if target.roles else _ROLE_OF_TARGET[kind]
    schemas = {schema.value for listed in target.listed[:1] for schema in listed.schemas}
    if kind == "journey" and not target.roles and (target.is_person or schemas == {"Person"}):
        role = "traveller"
    is_person = (
        target.is_person or bool(target.nationals_of) or "Person" in schemas or role == "traveller"
    )
    party: Tree = {
        "id": "target",
        "role": role,
        "name": "Specimen Gesellschaft",
        "schema": "Person" if is_person else next(iter(sorted(schemas)), "Company"),
        "status": None if is_person else "private",
    }
    countries = target.located_in or target.established_in or target.nationals_of or target.of
    party["country"] = countries[0] if countries else "XC"
    if target.status:
        party["status"] = target.status[0].value
    if target.is_bank is not None:
        party["is_bank"] = target.is_bank
    if target.sectors:
        party["sectors"] = list(target.sectors[:1])
    if target.bics:
        party["documents"] = [{"kind": "swiftBic", "value": target.bics[0]}]
    tree["parties"].append({key: value for key, value in party.items() if value is not None})
    entries = [_entry(one, target, party["schema"], day) for one in target.listed[:1]]
    if target.names and not target.bics and not entries:
        entries = [_named(target.names[0], day)]
    standings["target"] = PartyStanding(party="target", listed=tuple(entries))


def _entry(listed: ListedTarget, target: PartyTarget, schema: str, day: date) -> ListedAs:
    list_id = (listed.lists or (f"{listed.authority.lower()}-made",))[0].replace("*", "made")
    name = (listed.listings or target.names or ("Specimen Gesellschaft",))[0]
    return msgspec.convert(
        {
            "key": f"{list_id}/7", "authority": listed.authority, "list_id": list_id,
            "name": name, "identity": Identity.ASSERTED, "in_force": InForce.YES,
            "schema": listed.schemas[0].value if listed.schemas else schema, "names": [name],
            "programmes": list(listed.programmes[:1]),
            "measures": [" ".join(listed.measures[:1])] if listed.measures else [],
            "listed_from": day,
        },
        type=ListedAs,
    )  # fmt: skip


def _named(name: str, day: date) -> ListedAs:
    return ListedAs(
        key="xx-made/7", authority="XX", list_id="xx-made", name=name, names=(name,),
        identity=Identity.ASSERTED, in_force=InForce.YES, listed_from=day,
    )  # fmt: skip


def _line(target: GoodsTarget, tree: Tree) -> Tree:
    line: Tree = {"description": "goods"}
    if target.items:
        line["items"] = [target.items[0]]
    elif target.cas:
        line |= {"cas": [target.cas[0]], "code": "2811"}
    elif target.codes:
        _coded(line, target.codes[0], tree)
    else:
        line["code"] = "841370"
    if target.origin:
        line["origin"] = target.origin[0]
    if target.exported_from:
        line["exported_from"] = target.exported_from[0]
    if target.destination:
        line["destination"] = target.destination[0]
        tree["discharged_in"] = target.destination[0]
    if target.us_content is not None:
        line["us_content"] = target.us_content
    if target.removed_after is not None:
        tree["facts"][f"removed-after-{target.removed_after}"] = True
    return line


def _coded(line: Tree, code: Code, tree: Tree) -> None:
    line["code"] = code.code
    if code.price_above is not None:
        line["unit_price"] = {"amount": code.price_above + 1, "currency": code.currency}
        line["unit"] = code.unit
    if code.is_used is not None:
        line["is_used"] = code.is_used
    if code.figure and code.figure_above is not None:
        line["figures"] = {code.figure: code.figure_above + 1}
    if code.is_part:
        tree["facts"][f"is-ex-{code.code}"] = True


def _security(tree: Tree, target: SecurityTarget) -> None:
    if target.instruments:
        tree["instrument"] = target.instruments[0]
    if target.issued_after is not None:
        tree["issued_on"] = target.issued_after + timedelta(days=1)
    if target.tenor_above_days is not None:
        tree["tenor_days"] = target.tenor_above_days + 1
    if target.is_public is not None:
        tree["is_public"] = target.is_public


def _states(tree: Tree, target: StatesTarget) -> None:
    if target.sending:
        tree["sending"] = target.sending[0]
    if target.receiving:
        tree["receiving"] = target.receiving[0]
    if target.ranks:
        tree["rank"] = target.ranks[0]
    if target.subjects:
        tree["subject"] = target.subjects[0]


def _condition(tree: Tree, condition: Condition, day: date) -> None:
    one_day = timedelta(days=1)
    if condition.fact:
        tree["facts"][condition.fact] = condition.fact_is
    if condition.purposes:
        tree["purposes"] = [condition.purposes[0]]
    if condition.contract_before is not None:
        tree["contract_on"] = condition.contract_before - one_day
    if condition.contract_from is not None:
        tree["contract_on"] = condition.contract_from
    if condition.relation_from is not None and tree["act"] == "party":
        tree["relation_since"] = condition.relation_from
    if condition.party is not None and condition.party.bics:
        tree["parties"][0]["documents"] = [{"kind": "swiftBic", "value": condition.party.bics[0]}]
    if condition.currency:
        tree["money"] = {"amount": Decimal(1), "currency": condition.currency[0]}
