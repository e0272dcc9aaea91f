"""The mesh gives the numbers that were counted independently on the same files, every one of them."""

import json
import os
from pathlib import Path

import pytest

from ncdm.pipeline import ingest
from ncdm.settings import Settings
from ncdm.store.mesh import Reading
from ncdm.wiring import wired
from tests.reference.compare import UNMAPPED, Leaf, leaves
from tests.reference.mapping import study_tree

SHARED = Path(__file__).parents[3] / "shared" / "data"
DATA = Path(os.environ.get("NCDM_REFERENCE_DATA", SHARED / "nest"))
TOTALS = Path(os.environ.get("NCDM_REFERENCE_TOTALS", SHARED / "reference_totals_dev.json"))


def compared(data: Path, totals: Path, home: Path) -> list[Leaf]:
    """Load the folder into an empty mesh and compare every leaf."""
    reference = json.loads(totals.read_text(encoding="utf-8"))["studies"]
    with wired(Settings(home, 0, 2)) as mesh:
        ingest(mesh, data, lambda _progress: None)
        state = Reading(mesh.home, mesh.engine).state()
        return [leaf for study, wanted in reference.items() for leaf in leaves(wanted, study_tree(state, study), study)]


def wrong(found: list[Leaf]) -> list[str]:
    """The leaves that differ or cannot be mapped, in words."""
    return [
        f"{leaf.path}: cannot be mapped" if leaf.found is UNMAPPED else f"{leaf.path}: reference {leaf.wanted!r}, mesh {leaf.found!r}"
        for leaf in found
        if not leaf.equal
    ]


@pytest.mark.skipif(
    not DATA.exists() or not TOTALS.exists(),
    reason=f"no reference data at {DATA} and {TOTALS}; set NCDM_REFERENCE_DATA and NCDM_REFERENCE_TOTALS",
)
def test_every_leaf_of_the_reference_is_equal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = compared(DATA, TOTALS, tmp_path / "home")
    with capsys.disabled():
        print(f"\nreference totals: {len(found)} leaves compared, {len(wrong(found))} differ")
    assert found
    assert not wrong(found), "\n".join(wrong(found)[:50])
