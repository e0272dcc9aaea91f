"""How far a sheet reaches and how long a file may take."""

import pytest
from tests.hostile.forge import inline

from ncdm.sources.extent import Reach, used_range
from ncdm.sources.limits import LIMITS, Limits
from ncdm.sources.refusal import RefusalCode, Unfit


def test_the_limits_are_those_of_the_specification() -> None:
    assert (LIMITS.packed_bytes, LIMITS.unpacked_bytes, LIMITS.members, LIMITS.ratio) == (200 * 10**6, 2**30, 200, 100)
    assert (LIMITS.sheet_cells, LIMITS.file_cells) == (5 * 10**6, 20 * 10**6)
    assert (LIMITS.cpu_seconds, LIMITS.memory_bytes) == (60, 3 * 2**29)


@pytest.mark.parametrize(("size", "seconds"), [(0, 5), (99_999, 5), (100_000, 6), (3_060_000, 35), (200_000_000, 60)])
def test_a_small_file_has_less_time(size: int, seconds: int) -> None:
    assert Limits().cpu_for(size) == seconds


def test_no_allowance_exceeds_the_limit() -> None:
    assert Limits(cpu_seconds=2).cpu_for(10**9) == 2


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("", (0, 0)),
        (f'<row r="1">{inline("A1", "x")}</row>', (1, 1)),
        (f'<row r="7">{inline("AB7", "x")}{inline("C7", "y")}</row>', (7, 28)),
        ('<row r="9"><c r="ZZ9" s="1"/><c r="ZY9"></c><c r="B9"><v>1</v></c></row>', (9, 2)),
        ('<x:row r="9"><x:c s="1" r="AA9" t="n"><x:v>1</x:v></x:c></x:row>', (9, 27)),
        (f'<row r="2">{inline("A2", "x")}</row><row r="1">{inline("C1", "x")}</row>', (2, 3)),
        (f'<row r="1048576">{inline("XFD1048576", "x")}</row>', (1_048_576, 16_384)),
    ],
)
def test_the_used_range_is_that_of_filled_cells(rows: str, expected: tuple[int, int]) -> None:
    assert used_range([rows.encode()]) == expected


@pytest.mark.parametrize(
    ("rows", "suspect"),
    [
        (f'<row r="100">{inline("Z100", "x")}</row>', False),
        (f'<row r="192308">{inline("B192308", "x")}</row>', True),
        (f'<row r="192307">{inline("B192307", "x")}</row>', False),
        (f'<row r="7123">{inline("AA7123", "x")}</row>', True),
        (f'<row r="7122">{inline("AA7122", "x")}</row>', False),
        (f'<row r="1">{inline("AAA1", "x")}</row>', True),
        ("<row r='1'><c r='A1' /></row>", True),
        (f'<x:row spans="1:1" r="192308">{inline("B192308", "x")}</x:row>', True),
    ],
)
def test_a_cheap_look_tells_which_sheets_need_a_closer_one(rows: str, suspect: bool) -> None:  # noqa: FBT001 - a table of cases
    assert Reach().with_text(rows.encode()).may_exceed(5_000_000) is suspect


def test_every_reason_is_a_sentence_with_something_to_do() -> None:
    for code in RefusalCode:
        unfit = Unfit(code, "x" * 500 + "\x1b")
        assert unfit.reason.endswith(".")
        assert len(unfit.reason) < 340
        assert unfit.todo.endswith(".")
        assert Unfit(code).reason.endswith(".")
