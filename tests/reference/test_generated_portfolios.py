"""The mesh gives the numbers written beside ten invented portfolios, every leaf of every study."""

from pathlib import Path

import pytest

from ncdm import demo
from tests.reference.test_reference_totals import compared, wrong

PORTFOLIOS = [
    (6, 10, 11),
    (6, 14, 12),
    (12, 10, 13),
    (4, 30, 14),
    (3, 18, 15),
    (4, 11, 16),
    (5, 20, 17),
    (1, 25, 18),
    (5, 10, 19),
    (2, 40, 20),
]
"""Studies, subjects, seed."""


@pytest.mark.parametrize(("studies", "subjects", "seed"), PORTFOLIOS)
def test_every_leaf_beside_an_invented_portfolio_is_equal(
    studies: int, subjects: int, seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = demo.write(tmp_path / "delivery", studies=studies, subjects=subjects, seed=seed)
    found = compared(tmp_path / "delivery", written.truth[0], tmp_path / "home")
    with capsys.disabled():
        print(f"\ninvented portfolio {seed}: {len(found)} leaves compared, {len(wrong(found))} differ")
    assert len(found) > 100 * studies
    assert not wrong(found), "\n".join(wrong(found)[:50])


def test_the_last_week_of_a_portfolio_replaces_the_weeks_before(tmp_path: Path) -> None:
    written = demo.write(tmp_path / "delivery", studies=3, subjects=12, seed=21, weeks=3)
    for week, (delivery, truth) in enumerate(zip(written.deliveries, written.truth, strict=True), start=1):
        found = compared(delivery, truth, tmp_path / "home")
        assert len(found) > 300
        assert not wrong(found), "\n".join([f"week {week}", *wrong(found)[:50]])
