"""Which rules made a row: a digest of the contracts and of the code that conforms by them.

Files are read again when it changes; the rows that older rules made stay in the older snapshots.
"""

import hashlib
from functools import cache
from pathlib import Path

_PACKAGES = ("contracts", "ingest")


@cache
def rules() -> str:
    """The digest of the rules in force."""
    root = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for package in _PACKAGES:
        for module in sorted((root / package).rglob("*.py")):
            digest.update(module.relative_to(root).as_posix().encode())
            digest.update(module.read_bytes())
    return digest.hexdigest()[:16]
