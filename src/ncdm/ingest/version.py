"""Which rules made a row: a digest of the contracts, of the code that reads and conforms, and of the reader.

Files are read again when it changes; the rows that older rules made stay in the older snapshots.
"""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

_PACKAGES = ("contracts", "ingest", "sources")


@cache
def rules() -> str:
    """The digest of the rules in force."""
    root = Path(__file__).parent.parent
    digest = hashlib.sha256(version("fastexcel").encode())
    for package in _PACKAGES:
        for module in sorted((root / package).rglob("*.py")):
            digest.update(module.relative_to(root).as_posix().encode())
            digest.update(module.read_bytes())
    return digest.hexdigest()[:16]
