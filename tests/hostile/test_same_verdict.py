"""The checks give the same verdict without a process of their own, so that they can be measured and mutated."""

import os
import resource
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.hostile.conftest import GOOD_CELLS
from tests.hostile.forge import ods, xls, xlsb
from tests.hostile.test_text import TEXTS, UNREADABLE_TEXTS
from tests.hostile.test_workbooks import LINKED, NOTED, REFUSED

from ncdm.sources import LIMITS, Limits, RefusalCode, digest
from ncdm.sources.child import _answer
from ncdm.sources.content import read_content
from ncdm.sources.refusal import Unfit
from ncdm.sources.sheets import ReadSheet
from ncdm.sources.wire import ANSWER, Job, Trailer, next_job, read_trailer, send_job


def sheets(content: bytes, name: str, limits: Limits = LIMITS) -> list[ReadSheet]:
    """Everything that reading gives."""
    return list(read_content(content, name, limits)[0])


@pytest.mark.parametrize("case", [case for case, (_, code) in REFUSED.items() if code is not RefusalCode.MEMORY])
def test_the_check_alone_refuses(case: str) -> None:
    make, code = REFUSED[case]
    content = make()
    with pytest.raises(Unfit) as caught:
        sheets(content, "case.xlsx")
    assert caught.value.code is code


def test_the_check_alone_counts_unpacked_bytes(good: bytes) -> None:
    with pytest.raises(Unfit) as caught:
        sheets(good, "a.xlsx", Limits(unpacked_bytes=9_000))
    assert caught.value.code is RefusalCode.UNPACKED_TOO_LARGE


def test_the_check_alone_tells_a_workbook_from_its_name(good: bytes) -> None:
    assert read_content(good, "a.csv", LIMITS)[1] == ("a workbook, though its name ends like a text's",)


def test_the_check_alone_notes_links() -> None:
    assert read_content(LINKED, "a.xlsx", LIMITS)[1] == NOTED


def test_the_check_alone_lets_honest_files_pass(good: bytes) -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
    assert sheets(good, "a.xlsx")[0].cells.to_pydict() == GOOD_CELLS
    assert sheets(xls({(1, 1): "x"}, {(0, 0): 42}), "a.xls")[0].errors == [(1, 1, "#N/A")]
    assert sheets(xlsb({(1, 1): "x"}), "a.xlsb")[0].cells.num_rows == 2
    assert sheets(ods(f"<table:table-row>{cell}</table:table-row>"), "a.ods")[0].cells.num_columns == 1
    assert sheets(b"a,b\n1,2\n", "a.csv")[0].cells.to_pydict() == {"c1": ["a", "1"], "c2": ["b", "2"]}


@pytest.mark.parametrize(
    ("limits", "name"), [(Limits(file_cells=8), "a.xlsx"), (Limits(sheet_cells=8), "a.xlsx"), (Limits(sheet_cells=8), "a.csv")]
)
def test_the_check_alone_counts_cells(limits: Limits, name: str, good: bytes) -> None:
    with pytest.raises(Unfit) as caught:
        sheets(good if name.endswith("x") else b"1,2,3\n" * 3, name, limits)
    assert caught.value.code is RefusalCode.CELLS


@pytest.mark.parametrize("content", UNREADABLE_TEXTS)
def test_the_check_alone_refuses_text_it_would_have_to_guess(content: bytes) -> None:
    with pytest.raises(Unfit) as caught:
        sheets(content, "a.csv")
    assert caught.value.code is RefusalCode.ENCODING


@pytest.mark.parametrize(("content", "expected"), TEXTS)
def test_text_alone_is_read_at_its_places(content: bytes, expected: dict[str, list[str | None]]) -> None:
    assert sheets(content, "a.tsv")[0].cells.to_pydict() == expected


@pytest.mark.parametrize(
    ("limits", "content", "code"),
    [
        (Limits(columns=2), b"a,b,c\n", RefusalCode.COLUMNS),
        (Limits(field_characters=9), b"a" * 10, RefusalCode.FIELD),
        (Limits(field_characters=9), b'a,b\n"' + b"a" * 10, RefusalCode.FIELD),
        (LIMITS, b"", RefusalCode.EMPTY),
    ],
)
def test_text_alone_is_bounded(limits: Limits, content: bytes, code: RefusalCode) -> None:
    with pytest.raises(Unfit) as caught:
        sheets(content, "a.csv", limits)
    assert caught.value.code is code


@pytest.fixture
def own_time() -> Iterator[None]:
    """Answering a job bounds the processor time of the process; give this one its own back."""
    before = resource.getrlimit(resource.RLIMIT_CPU)
    yield
    resource.setrlimit(resource.RLIMIT_CPU, before)


def answered(path: Path, name: str, sha256: str) -> Trailer:
    """What the reading process would answer about a file."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        send_job(theirs, Job(7, os.fsencode(path), name, sha256))
        job = next_job(ours)
        assert job == Job(7, os.fsencode(path), name, sha256)
        # This process has other threads, and its time is not that of the file alone.
        _answer(ours, job, Limits(cpu_seconds=3_600, cpu_floor_seconds=3_600))
        head, (file,), _, _ = socket.recv_fds(theirs, ANSWER.size, 1)
        number, start, leaving = ANSWER.unpack(head)
        assert number == 7  # whether it then leaves depends on the memory of this very process
        assert leaving in {True, False}
        with os.fdopen(file, "rb") as content:
            content.seek(start)
            return read_trailer(content.read())


@pytest.mark.usefixtures("own_time")
def test_an_answer_says_what_was_read_or_why_not(tmp_path: Path, good: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(good)
    trailer = answered(path, "a.xlsx", digest(path))
    assert (trailer.refused, [sheet.name for sheet in trailer.sheets]) == (None, ["list"])
    assert answered(path, "a.xlsx", "0" * 64).refused == ("changed", "")
    assert answered(tmp_path, "a.xlsx", "0" * 64).refused == ("not_a_file", "")
    path.write_bytes(good[:-9])
    refused = answered(path, "a.xlsx", digest(path)).refused
    assert refused is not None
    assert refused[0] == "truncated"


def test_a_parent_that_is_gone_ends_the_jobs() -> None:
    ours, theirs = socket.socketpair()
    theirs.close()
    with ours:
        assert next_job(ours) is None
