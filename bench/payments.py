"""A batch of payments in one pacs.008, from the bytes to the answers: payments a second, memory.

`make bench-payments [ARGS="--payments 2000"]`. With `--command` it is `article41 payment screen`
that answers them, recorded, in one process and in one a core; with `--server` a server that
records gets a message of each payment through `/payments`, one after another. With `--countries 40`
payments are of many kinds, of which the law must be asked more often.

Lists: OFAC SDN with ALT and ADD, UN, the journal of the Union, the United Kingdom, all taken to be
of one day, so that no payment is held for their age. Parties are the customers of `workloads`;
banks come again and again; texts are words of ordinary remittances, and in one of a hundred a
listed name stands.
"""

import argparse
import cProfile
import io
import json
import pstats
import random
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

import msgspec
from publications import say
from serve import Asked, cpu_seconds, each, memory_mb, serving
from workloads import SHARED, customers, listed, ofac_files, un_file

from article41.checks import Screener, refresh_index
from article41.checks.acts import Checker
from article41.checks.payment.checking import PaymentChecker
from article41.checks.payment.reading import read_payments
from article41.checks.payment.writing import answer_json
from article41.faces.api.access import Keys, Scope
from article41.faces.cli.pausing import without_collector
from article41.model.entities import Schema
from article41.model.errors import IndexFileError
from article41.sources.publications import read_publications
from article41.store import Store

DAY = date(2025, 4, 10)
COUNTRIES = ("DE",) * 8 + ("FR",) * 5 + ("IT", "NL", "ES", "AT", "BE", "PL") * 2 + ("GB",) * 3
MORE_COUNTRIES = """
US CH SE DK NO FI IE PT CZ HU RO GR TR AE SA IN CN HK SG JP KR AU CA MX BR AR CL ZA NG KE EG MA IL
UA KZ TH VN ID MY PH PK LK BD
""".split()  # noqa: SIM905
"""Of which each payment has one end with `--countries`."""
BANKS_PER_COUNTRY = 25
COMMAND = [
    sys.executable, "-c", "from article41.faces.cli import main; main()", "payment", "screen"
]  # fmt: skip
SHARE_NAMED = 0.01
"""Payments in whose text a listed name stands."""
TEXT = """
invoice rent salary order contract delivery services consulting spare parts machine tubes steel
freight insurance premium membership fee tuition travel hotel licence maintenance project bonus
refund donation loan instalment interest dividend shares commission advance March June October
Hauptstrasse Berlin Lyon Milano Rotterdam customer number account your reference
""".split()  # noqa: SIM905
TAIL = b"</FIToFICstmrCdtTrf></Document>"
STREETS = ("Hauptstrasse", "Rue de la Gare", "Via Roma", "Kerkstraat", "High Street", "Calle Mayor")
TOWNS = ("Berlin", "Lyon", "Milano", "Rotterdam", "Leeds", "Sevilla", "Graz", "Gent", "Gdansk")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--payments", type=int, default=10_000)
    parser.add_argument("--store", type=Path, help="a store to ask in place of these lists")
    parser.add_argument("--on", type=date.fromisoformat, default=DAY, help="the day, with --store")
    parser.add_argument(
        "--countries", type=int, default=0, help="so many more, for one end of each"
    )
    parser.add_argument("--server", action="store_true", help="ask a server, one by one")
    parser.add_argument("--connections", type=int, default=1, help="to the server, at once")
    parser.add_argument("--command", action="store_true", help="ask the command, on record")
    parser.add_argument("--profile", action="store_true", help="say where the time goes")
    arguments = parser.parse_args()
    with TemporaryDirectory(prefix="bench-payments-") as made:
        folder = arguments.store or _store(Path(made))
        screener = _opened(folder)
        if arguments.server:
            print(
                json.dumps(_served(arguments.payments, folder, arguments.on, arguments.connections))
            )
            return
        more = MORE_COUNTRIES[: arguments.countries]
        message = b"".join(_message(arguments.payments, seed=3, more=more))
        if arguments.command:
            print(json.dumps(_commanded(message, folder, arguments.on)))
            return
        warming = b"".join(_message(200, seed=1))
        checker = Checker(screener)
        _answered(warming, screener, checker, arguments.on)
        before = time.process_time()
        began = time.perf_counter()
        if arguments.profile:
            _profiled(message, screener, checker, arguments.on)
        outcomes = _answered(message, screener, checker, arguments.on)
        wall, cpu = time.perf_counter() - began, time.process_time() - before
    figures = {
        "payments": arguments.payments,
        "bytes": len(message),
        "listings": len(screener.index.keys()),
        "wall_s": round(wall, 2),
        "cpu_s": round(cpu, 2),
        "per_s_and_core": round(arguments.payments / cpu),
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        **outcomes,
    }
    print(json.dumps(figures))


def _answered(
    message: bytes, screener: Screener, checker: Checker, on: date
) -> dict[str, int | dict[str, int]]:
    """Read, answered and written as the command does; what was answered."""
    payments = PaymentChecker(screener, checker, day=on, asked_on=on)
    held: Counter[bool] = Counter()
    outcomes: Counter[str] = Counter()
    finds = size = 0
    with without_collector():
        read = read_payments(io.BytesIO(message), name="bench")
        for answer in payments.answer_many(read, file="bench"):
            size += len(answer_json(answer))
            held[answer.hold] += 1
            outcomes[answer.outcome.value] += 1
            finds += bool(answer.finds)
    return {
        "held": held[True],
        "with_finds": finds,
        "answer_bytes": size,
        "outcomes": dict(outcomes),
    }


def _commanded(message: bytes, folder: Path, on: date) -> dict[str, dict[str, float]]:
    """Seconds of the command for a file, in one process and in one a core, each with a record."""
    figures = {}
    with TemporaryDirectory(prefix="bench-payments-") as made:
        file, output = Path(made, "batch.xml"), Path(made, "answers.jsonl")
        file.write_bytes(message)
        for name, workers in (("one process", ["--workers", "1"]), ("one a core", [])):
            before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            with output.open("wb") as answers:
                subprocess.run(
                    [*COMMAND, file, "--json", "--on", on.isoformat(), "--store", folder, *workers],
                    stdout=answers,
                    check=True,
                )
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            figures[name] = {
                "wall_s": round(time.perf_counter() - began, 2),
                "cpu_s": round(
                    after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 2
                ),
                "answers": output.read_bytes().count(b"\n"),
            }
    return figures


def _served(size: int, folder: Path, on: date, connections: int) -> dict[str, float]:
    """A message of each payment through `/payments`: the server's own seconds, and those passed."""
    key = Keys(folder).create("Bench", [Scope.ADMIN], now=datetime.now(UTC), expires_at=None)[1]
    with serving(folder, 1) as (address, process):
        asked = Asked(address, f"/payments?on={on.isoformat()}", key, process)
        each(asked, [*messages(100, seed=1)], kind="application/xml")
        before = cpu_seconds(process)
        bodies = [*messages(size, seed=3)]
        took: list[float] = []

        def ask(some: list[bytes]) -> None:
            took.extend(each(asked, some, kind="application/xml"))

        with ThreadPoolExecutor(connections) as threads:
            list(threads.map(ask, [bodies[at::connections] for at in range(connections)]))
        took.sort()
        cpu = cpu_seconds(process) - before
        return {
            "payments": size,
            "connections": connections,
            "cpu_s": round(cpu, 2),
            "per_s_and_core": round(size / cpu),
            "median_ms": round(took[size // 2] * 1000, 2),
            "p99_ms": round(took[int(size * 0.99)] * 1000, 2),
            "memory_mb": memory_mb(process),
        }


def _profiled(message: bytes, screener: Screener, checker: Checker, on: date) -> None:
    profile = cProfile.Profile()
    profile.runcall(_answered, message, screener, checker, on)
    pstats.Stats(profile).sort_stats("tottime").print_stats(30)


def _opened(folder: Path) -> Screener:
    """The lists of a store, indexed anew if another release did it."""
    try:
        return Screener(folder)
    except IndexFileError:
        with Store(folder) as store:
            refresh_index(store)
        return Screener(folder)


def _store(folder: Path) -> Path:
    say("adding the lists ...")
    publications = (
        ofac_files(),
        [un_file()],
        sorted(SHARED.glob("eu/journal-2026-08/*.csv*")),
        [SHARED / "uk" / "uk-conlist-2025-04-10.xlsx"],
    )
    with Store(folder) as store:
        for files in publications:
            for version in read_publications(files):
                dated = msgspec.structs.replace(version, published=DAY, published_is_stated=True)
                store.add(dated, known_at=datetime.combine(DAY, datetime.min.time(), UTC))
        refresh_index(store)
    return folder


def messages(size: int, *, seed: int) -> Iterator[bytes]:
    """So many pacs.008 of one payment each."""
    for transaction in _transactions(size, seed, ()):
        yield _head(1, seed) + transaction + TAIL


def _message(size: int, *, seed: int, more: Sequence[str] = ()) -> Iterator[bytes]:
    """A pacs.008 of so many transactions."""
    yield _head(size, seed)
    yield from _transactions(size, seed, more)
    yield TAIL


def _head(size: int, seed: int) -> bytes:
    return (
        "<Document xmlns='urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08'><FIToFICstmrCdtTrf>"
        f"<GrpHdr><MsgId>MSG-{seed}</MsgId><CreDtTm>2025-04-10T09:00:00+02:00</CreDtTm>"
        f"<NbOfTxs>{size}</NbOfTxs><SttlmInf><SttlmMtd>INDA</SttlmMtd></SttlmInf></GrpHdr>"
    ).encode()


def _transactions(size: int, seed: int, more: Sequence[str]) -> Iterator[bytes]:
    chance = random.Random(seed)
    names = list(customers(4 * size, seed=seed))
    known = listed()
    for number in range(size):
        ends = [_end(chance, names, COUNTRIES), _end(chance, names, more or COUNTRIES)]
        text = " ".join(chance.sample(TEXT, chance.randint(2, 6)))
        if chance.random() < SHARE_NAMED:
            text = f"{text} {chance.choice(known).name}"
        yield _transaction(number, ends, f"{text} {chance.randrange(10_000)}", chance).encode()


def _end(
    chance: random.Random, names: list[object], countries: Sequence[str]
) -> tuple[str, str, str, str]:
    """Name, country and address of one end, and its bank."""
    party = names[chance.randrange(len(names))]
    name = party.name if party.schema is Schema.PERSON else f"{party.name} GmbH"  # type: ignore[attr-defined]
    country = chance.choice(countries)
    number = chance.randrange(BANKS_PER_COUNTRY)
    bank = f"BNK{chr(65 + number)}{country}2LXXX"
    street = f"{chance.choice(STREETS)} {chance.randint(1, 200)}"
    address = (
        f"<PstlAdr><StrtNm>{street}</StrtNm><TwnNm>{chance.choice(TOWNS)}</TwnNm>"
        f"<Ctry>{country}</Ctry></PstlAdr>"
    )
    return escape(name[:140]), country, address, bank


def _transaction(
    number: int, ends: list[tuple[str, str, str, str]], text: str, chance: random.Random
) -> str:
    (payer, _, payer_address, payer_bank), (payee, _, payee_address, payee_bank) = ends
    return (
        f"<CdtTrfTxInf><PmtId><InstrId>I{number:08}</InstrId><EndToEndId>E2E-{number:08}"
        f"</EndToEndId><UETR>{number:08x}-0000-4000-8000-000000000000</UETR></PmtId>"
        f"<IntrBkSttlmAmt Ccy='EUR'>{chance.randint(1, 99_999)}.00</IntrBkSttlmAmt>"
        "<IntrBkSttlmDt>2025-04-10</IntrBkSttlmDt><ChrgBr>SHAR</ChrgBr>"
        f"<InstgAgt><FinInstnId><BICFI>{payer_bank}</BICFI></FinInstnId></InstgAgt>"
        f"<InstdAgt><FinInstnId><BICFI>{payee_bank}</BICFI></FinInstnId></InstdAgt>"
        f"<Dbtr><Nm>{payer}</Nm>{payer_address}</Dbtr>"
        f"<DbtrAgt><FinInstnId><BICFI>{payer_bank}</BICFI></FinInstnId></DbtrAgt>"
        f"<CdtrAgt><FinInstnId><BICFI>{payee_bank}</BICFI></FinInstnId></CdtrAgt>"
        f"<Cdtr><Nm>{payee}</Nm>{payee_address}</Cdtr>"
        f"<RmtInf><Ustrd>{escape(text[:140])}</Ustrd></RmtInf></CdtTrfTxInf>"
    )


if __name__ == "__main__":
    main()
