"""The tables of a store, and the triggers that let them only grow.

It holds no queries; a change here is a new `SCHEMA_VERSION`.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

SCHEMA_VERSION = 4

TABLES = MetaData()

SCHEMA = Table("schema", TABLES, Column("version", Integer, nullable=False))
"""One row: the version of this layout."""

PARTS = Table(
    "parts",
    TABLES,
    Column("number", Integer, primary_key=True),
    Column("sha256", Text, nullable=False, unique=True),
    Column("size_bytes", Integer, nullable=False),
)
"""Every distinct file ever added, by the hash of its unpacked bytes."""

CHUNKS = Table(
    "chunks",
    TABLES,
    Column("part", ForeignKey("parts.number"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)
"""The bytes of a part, cut and compressed (zlib) piece by piece."""

VERSIONS = Table(
    "versions",
    TABLES,
    Column("number", Integer, primary_key=True),
    Column("authority", Text, nullable=False),
    Column("list_id", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("entries", Integer, nullable=False),
    Column("report", LargeBinary, nullable=False),
    Column("roll", LargeBinary, nullable=False),
    Column("roll_sha256", Text, nullable=False),
    Column("record_sha256", Text, nullable=False),
    UniqueConstraint("list_id", "sha256"),
)
"""Every distinct publication of a list; its roll says which contents stand where in it.

`record_sha256` is the hash over the row and its files, with the roll by its own hash.
"""

VERSION_PARTS = Table(
    "version_parts",
    TABLES,
    Column("version", ForeignKey("versions.number"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("part", ForeignKey("parts.number"), nullable=False),
)
"""The files of a version, in the order of its hash."""

CONTENTS = Table(
    "contents",
    TABLES,
    Column("number", Integer, primary_key=True),
    Column("list_id", Text, nullable=False, index=True),
    Column("listing_id", Text, nullable=False),
    Column("sha256", LargeBinary, nullable=False, unique=True),
    Column("stated", LargeBinary),
    Column("restates", LargeBinary),
    Column("body", LargeBinary, nullable=False),
)
"""Every distinct listing ever read, without its place in the publication.

The dates that it states and the entries that it repeats stand beside it: a timeline needs no more.
"""

ADDITIONS = Table(
    "additions",
    TABLES,
    Column("number", Integer, primary_key=True),
    Column("version", ForeignKey("versions.number"), nullable=False),
    Column("known_at", Text, nullable=False),
    Column("published", Text),
    Column("published_is_stated", Boolean(create_constraint=True), nullable=False),
    Column("attempts", Text, nullable=False),
    Column("link_decisions", Text, nullable=False),
    Column("generation", Text, nullable=False),
)
"""Every time a publication reached the store: the first brings a version, later ones see it again.

`attempts` and `link_decisions` are the newest links of those chains then: they lose no row unseen.
`generation` chains the rows by hash, each with its version; the newest one names the state of the
whole store.
"""

ATTEMPTS = Table(
    "attempts",
    TABLES,
    Column("number", Integer, primary_key=True),
    Column("list_id", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("version", Text),
    Column("validators", LargeBinary, nullable=False),
    Column("chain", Text, nullable=False),
    Index("attempts_by_list", "list_id", "at"),
)
"""Every time somebody asked an authority for a list, whatever came of it.

`version` is the sha256 of the version that the answer brought or confirmed.
"""

LINK_DECISIONS = Table(
    "link_decisions",
    TABLES,
    Column("number", Integer, primary_key=True),
    Column("left", Text, nullable=False),
    Column("right", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("decided_at", Text, nullable=False),
    Column("chain", Text, nullable=False),
)
"""Every word on whether two entries name one target; the last one on a pair counts."""


def create_tables(connection: Connection) -> None:
    """Lay out an empty store and forbid changing or removing what will be in it."""
    TABLES.create_all(connection)
    connection.execute(SCHEMA.insert().values(version=SCHEMA_VERSION))
    for trigger in triggers().values():
        connection.exec_driver_sql(trigger)


def triggers() -> dict[str, str]:
    """What forbids changing and removing: the statements that make each trigger, by its name."""
    return {
        f"{table.name}_refuses_{verb}": (
            f"CREATE TRIGGER {table.name}_refuses_{verb} BEFORE {event} "
            f"BEGIN SELECT RAISE(ABORT, 'the store only grows: no {verb} of {table.name}'); END"
        )
        for table in TABLES.sorted_tables
        for verb, event in {
            "update": f"UPDATE ON {table.name}",
            "delete": f"DELETE ON {table.name}",
            # INSERT OR REPLACE removes the row that holds a key and asks no trigger of DELETE.
            "replace": f"INSERT ON {table.name} WHEN {_is_held(table)}",
        }.items()
    }


def _is_held(table: Table) -> str:
    """True of a new row of which a key is held already; of a table without a key, of any second."""
    keys = sorted(
        [column.name for column in key.columns]
        for key in table.constraints
        if isinstance(key, PrimaryKeyConstraint | UniqueConstraint) and len(key.columns)
    )
    if not keys:
        return f"EXISTS (SELECT 1 FROM {table.name})"
    # SQLite numbers the rows of a table whose key is several columns, and replaces by that too.
    keys.append(["rowid"])
    return " OR ".join(
        f"EXISTS (SELECT 1 FROM {table.name} WHERE "
        + " AND ".join(f"{name} = NEW.{name}" for name in key)
        + ")"
        for key in keys
    )
