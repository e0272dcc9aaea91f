"""What an operator wants to know before trusting an installation: versions, disk, ledger, tables, kept files."""

import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version

from sqlalchemy import Engine, func, select, text

from ncdm import __version__
from ncdm.errors import NcdmError
from ncdm.sources import digest
from ncdm.store import facts
from ncdm.store import schema as db
from ncdm.store.home import Home
from ncdm.store.ledger import HEAD
from ncdm.store.receipts import sheet_receipt
from ncdm.store.snapshot import table_versions

LEAST_FREE = 0.05
"""Below this share of free disk loads may fail (trust.md 6.4)."""


@dataclass(frozen=True, slots=True)
class Examined:
    """One thing that was looked at."""

    what: str
    good: bool
    detail: str


def examine(home: Home, engine: Engine, *, full: bool) -> tuple[Examined, ...]:
    """Look at everything; ``full`` also reads every kept file."""
    return tuple(_examine(home, engine, full=full))


def installation(home: Home) -> tuple[Examined, ...]:
    """What can be looked at before there is a data folder; nothing is written."""
    nothing = Examined("data folder", good=True, detail=f"no data folder at {home.root}; ncdm ingest FOLDER makes one")
    return (*_installed(home), nothing)


def _installed(home: Home) -> Iterator[Examined]:
    yield Examined("ncdm", good=True, detail=__version__)
    yield Examined("python", sys.version_info >= (3, 11), platform.python_version())
    libraries = ", ".join(f"{name} {version(name)}" for name in ("fastexcel", "pyarrow", "deltalake", "duckdb", "sqlalchemy"))
    yield Examined("libraries", good=True, detail=libraries)
    disk = shutil.disk_usage(next(folder for folder in (home.root, *home.root.parents) if folder.exists()))
    yield Examined(
        "disk", disk.free / disk.total > LEAST_FREE, f"{disk.free / 2**30:.1f} GiB free of {disk.total / 2**30:.1f} at {home.root}"
    )


def _examine(home: Home, engine: Engine, *, full: bool) -> Iterator[Examined]:
    yield from _installed(home)
    try:
        yield from _ledger(engine)
        yield from _tables(home, engine)
        yield from _kept(home, engine, full=full)
    except NcdmError as error:
        yield Examined("ledger", good=False, detail=error.what)


def _ledger(engine: Engine) -> Iterator[Examined]:
    with engine.connect() as connection:
        said = connection.execute(text("PRAGMA integrity_check")).scalar()
        yield Examined("ledger", said == "ok", str(said))
        at = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        yield Examined("ledger version", at == HEAD, f"{at}, wanted {HEAD}")
        loads = connection.execute(select(func.count()).select_from(db.LOAD)).scalar()
        yield Examined("snapshots", good=True, detail=str(loads))
        lost = sum(not sheet_receipt(row).conserved for row in connection.execute(select(db.SHEET)).mappings())
        yield Examined("conservation", not lost, "every line read is accounted for" if not lost else f"{lost} sheets do not add up")


def _tables(home: Home, engine: Engine) -> Iterator[Examined]:
    with engine.connect() as connection:
        latest = connection.execute(select(func.max(db.LOAD.c.load_id))).scalar()
        named = table_versions(connection, latest)
    broken: list[str] = []
    for table, number in named.items():
        try:
            broken.extend(f"{table}: {path}" for path in facts.files(home, table, number) if not path.exists())
        except NcdmError as error:
            broken.append(error.what)
    yield Examined("tables", not broken, f"{len(named)} tables" if not broken else "; ".join(broken))


def _kept(home: Home, engine: Engine, *, full: bool) -> Iterator[Examined]:
    with engine.connect() as connection:
        hashes = [
            str(sha) for sha in connection.execute(select(db.FILE.c.sha256).where(db.FILE.c.sha256.is_not(None)).distinct()).scalars()
        ]
    absent = [sha for sha in hashes if not home.raw_file(sha).exists()]
    yield Examined(
        "source files",
        not absent,
        f"{len(hashes)} kept" if not absent else f"{len(absent)} of {len(hashes)} are gone: {', '.join(absent[:3])}",
    )
    if full:
        changed = [sha for sha in hashes if home.raw_file(sha).exists() and digest(home.raw_file(sha)) != sha]
        yield Examined(
            "source bytes", not changed, "all equal their hash" if not changed else f"{len(changed)} differ: {', '.join(changed[:3])}"
        )
