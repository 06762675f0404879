"""Other open matchers on the same names in the same run; left out with a reason where absent."""

import importlib
import random
import time
from collections.abc import Sequence

from workloads import Party, words

from article41.model.entities import Schema

RAPIDFUZZ_QUERIES = {"JaroWinkler.similarity": 100, "WRatio": 10}
NOMENKLATURA_QUERIES = 10
NOMENKLATURA_NAMES = 300

Figures = dict[str, object]


def measured(parties: Sequence[Party], queries: Sequence[Party], chance: random.Random) -> Figures:
    """Microseconds that each takes for one query against all names, on one thread."""
    found: Figures = {}
    for name, measure in (("rapidfuzz", _rapidfuzz), ("nomenklatura", _nomenklatura)):
        try:
            found |= measure(parties, queries, chance)
        except ModuleNotFoundError as error:
            found[name] = {"skipped": f"no {error.name}: run `make bench-env`"}
    return found


def _rapidfuzz(
    parties: Sequence[Party], queries: Sequence[Party], chance: random.Random
) -> Figures:
    """`process.cdist` with one worker, all queries in one call, names folded beforehand."""
    process = importlib.import_module("rapidfuzz.process")
    scorers = {
        "JaroWinkler.similarity": importlib.import_module(
            "rapidfuzz.distance"
        ).JaroWinkler.similarity,
        "WRatio": importlib.import_module("rapidfuzz.fuzz").WRatio,
    }
    names = [" ".join(words(party.name)) for party in parties]
    found: Figures = {}
    for name, scorer in scorers.items():
        drawn = chance.sample(list(queries), min(len(queries), RAPIDFUZZ_QUERIES[name]))
        texts = [" ".join(words(query.name)) for query in drawn]
        began = time.process_time_ns()
        process.cdist(texts, names, scorer=scorer, workers=1)
        spent = time.process_time_ns() - began
        found[f"rapidfuzz cdist {name}"] = _summary(spent / len(texts), len(texts), len(names))
    return found


def _nomenklatura(
    parties: Sequence[Party], queries: Sequence[Party], chance: random.Random
) -> Figures:
    """Whole comparisons of logic-v2 on random names; the time of all names follows from theirs."""
    algorithm = importlib.import_module("nomenklatura.matching").get_algorithm("logic-v2")
    proxy = importlib.import_module("followthemoney.proxy").EntityProxy
    config = algorithm.default_config()

    def entity(party: Party, number: int) -> object:
        schema = {Schema.PERSON: "Person", Schema.VESSEL: "Vessel"}.get(
            party.schema, "Organization"
        )
        return proxy.from_dict(
            {"id": f"x{number}", "schema": schema, "properties": {"name": [party.name]}}
        )

    persons = [party for party in parties if party.schema is Schema.PERSON]
    asked = [party for party in queries if party.schema is Schema.PERSON]
    drawn = chance.sample(asked, min(len(asked), NOMENKLATURA_QUERIES))
    listed = [
        entity(party, number)
        for number, party in enumerate(chance.sample(persons, NOMENKLATURA_NAMES))
    ]
    probes = [entity(party, -number - 1) for number, party in enumerate(drawn)]
    for one in listed:  # The first call reads its tables, and each name is analysed once.
        algorithm.compare(probes[0], one, config)
    began = time.process_time_ns()
    for probe in probes:
        for one in listed:
            algorithm.compare(probe, one, config)
    each = (time.process_time_ns() - began) / len(probes) / len(listed)
    spent = each * len(parties)
    return {
        "nomenklatura logic-v2, extrapolated": _summary(spent, len(probes), len(parties))
        | {"names_compared": len(listed)}
    }


def _summary(query_ns: float, queries: int, names: int) -> Figures:
    return {
        "queries": queries,
        "mean_us": round(query_ns / 1000),
        "pairs_per_s": round(names * 1e9 / query_ns),
    }
