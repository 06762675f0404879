"""Where a party is, and whose national: a national of a country need not be there."""

from article41.law.situation import Situation
from article41.law.truth import Held, no, none_of, unknown, yes
from article41.model.parties import Party


def established_held(
    countries: tuple[str, ...], party: Party, situation: Situation, path: str
) -> Held:
    """Where it is: who is a national of a country need not be there."""
    found = situation.countries_of(party)
    is_there = situation.whereabouts_of(party)
    for country, fact in is_there.items():
        if country in countries:
            return yes(fact, country, f"{party.key} is of {country}")
    if not is_there and any(country in countries for country in found):
        return unknown(f"{path}.residence", f"where does {party.key} live, or act from?")
    if found:
        return none_of(is_there or found, f"{party.key} is of {{}}, not {', '.join(countries)}")
    if situation.is_tied_to(countries):
        return unknown(f"{path}.country", f"of which country is {party.key}?")
    return no(f"{path}.country", "", f"nothing ties {party.key} to {', '.join(countries)}")


def nationals_held(
    countries: tuple[str, ...], party: Party, situation: Situation, path: str
) -> Held:
    """Whose national somebody is: said so, else the country that the person is said to be of."""
    if not situation.is_person(party) and not party.nationalities:
        return no(f"{path}.schema", party.schema.value, "no natural person, as far as is said")
    given = dict.fromkeys(party.nationalities, f"{path}.nationalities")
    if not given and party.country:
        given = {party.country: f"{path}.country"}
    for country, fact in given.items():
        if country in countries:
            return yes(fact, country, f"{party.key} is a national of {country}")
    if given:
        return none_of(given, f"{party.key} is a national of {{}}, not {', '.join(countries)}")
    if situation.is_tied_to(countries):
        return unknown(f"{path}.nationalities", f"of which country is {party.key} a national?")
    return no(f"{path}.nationalities", "", f"nothing ties it to {', '.join(countries)}")


def located_held(countries: tuple[str, ...], party: Party, situation: Situation, path: str) -> Held:
    """Where it acts from or lives: said of itself, else by the country that it is said to be of."""
    given = [(place, "located_in") for place in party.located_in]
    given += [(party.residence, "residence")] if party.residence else []
    given += [(party.country, "country")] if party.country and not given else []
    if not given:
        if not situation.is_tied_to(countries):
            return no(f"{path}.located_in", "", f"nothing ties it to {', '.join(countries)}")
        return unknown(f"{path}.located_in", f"from where does {party.key} act?")
    for place, field in given:
        if place in countries:
            return yes(f"{path}.{field}", place, f"{party.key} is in {place}")
    found = {place: f"{path}.{field}" for place, field in given}
    return none_of(found, f"{party.key} is in {{}}, not {', '.join(countries)}")
