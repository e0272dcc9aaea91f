"""Delimited text in any encoding and shape is read without a silent change, or refused with the reason."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.hostile.conftest import cells

from ncdm.sources import Reader, RefusalCode, Refused, Workbook, digest

Read = Callable[[str, bytes], Workbook | Refused]
WORDS = [
    "Žofia",
    "Ångström",
    "日本語",
    "שלום",
    "\u202eabc\u202c",
    "e\u0301",
    "é",
    "😀",
    "",
    "plain",
    " padded ",
    "=1+1",
    "tab in\u00a0it",
    "a\0b",
]


UNREADABLE_TEXTS = [
    "a,b\né,x\n".encode("utf-16-le"),
    b"\xff\xfea\0,\0b",
    b"\xff\xfe\x00\xd8a\0",
    b"\xef\xbb\xbfa,\xff\n",
    "Müller,Žofia,日本語\n".encode() + b"\xff,x\n",
    b"a,\x81\x8d\n",
    "Žofia,Łódź\n".encode() + "日本\n".encode()[:-2],
]
TEXTS: list[tuple[bytes, dict[str, list[str | None]]]] = [
    (b"a,b\n1,2,3\n\n4\n", {"c1": ["a", "1", None, "4"], "c2": ["b", "2", None, None], "c3": [None, "3", None, None]}),
    (b'a,b\n"x, y","line\nbreak"\n', {"c1": ["a", "x, y"], "c2": ["b", "line\nbreak"]}),
    (b'a,b\n"say ""hi""",2\n', {"c1": ["a", 'say "hi"'], "c2": ["b", "2"]}),
    (b'a,b\n1,"open\n2,3\n', {"c1": ["a", "1", "2"], "c2": ["b", '"open', "3"]}),
    (b'a,b\n"x"y,2\n', {"c1": ["a", '"x"y'], "c2": ["b", "2"]}),
    (b'a,5" pipe\n1,2\n', {"c1": ["a", "1"], "c2": ['5" pipe', "2"]}),
    (b"a;b\n1,5;2,5\n", {"c1": ["a", "1,5"], "c2": ["b", "2,5"]}),
    (b"a|b\n1|2\n", {"c1": ["a", "1"], "c2": ["b", "2"]}),
    (b"a\tb\n1\t2,3\n", {"c1": ["a", "1"], "c2": ["b", "2,3"]}),
    (b"only\none\n", {"c1": ["only", "one"]}),
    (b"a,b\r1,2\r", {"c1": ["a", "1"], "c2": ["b", "2"]}),
    (b"=cmd|x,@b\n+1,-2\n", {"c1": ["=cmd|x", "+1"], "c2": ["@b", "-2"]}),
    (b"\n\na,b\n", {"c1": [None, None, "a"], "c2": [None, None, "b"]}),
]


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("utf-8", "read as utf-8"),
        ("utf-8-sig", "read as utf-8-sig"),
        ("utf-16", "read as utf-16"),
        ("utf-32", "read as utf-32"),
    ],
)
def test_every_character_survives(encoding: str, note: str, beside_good: Read) -> None:
    text = "name,word\n" + "".join(f"{number},{word}\n" for number, word in enumerate(WORDS))
    outcome = beside_good("words.csv", text.encode(encoding))
    assert cells(outcome)["c2"] == ["word", *[word or None for word in WORDS]]
    assert isinstance(outcome, Workbook)
    assert outcome.notes[0] == note
    assert outcome.sheets[0].name == "words"


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_sixteen_bits_are_read_in_either_order(mark: bytes, beside_good: Read) -> None:
    encoding = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
    outcome = beside_good("words.csv", mark + "a;b\r\né;x\r\n".encode(encoding))
    assert cells(outcome) == {"c1": ["a", "é"], "c2": ["b", "x"]}


def test_western_text_is_told_to_be_so(beside_good: Read) -> None:
    outcome = beside_good("words.csv", "Name,Preis\nMüller,5 €\n".encode("cp1252"))
    assert cells(outcome) == {"c1": ["Name", "Müller"], "c2": ["Preis", "5 €"]}
    assert isinstance(outcome, Workbook)
    assert outcome.notes[0] == "read as cp1252"


@pytest.mark.parametrize("content", UNREADABLE_TEXTS)
def test_what_would_have_to_be_guessed_is_refused(content: bytes, beside_good: Read) -> None:
    outcome = beside_good("words.csv", content)
    assert isinstance(outcome, Refused)
    assert outcome.code is RefusalCode.ENCODING


def test_random_bytes_are_read_whole_or_refused(tmp_path: Path) -> None:
    """Whatever is read says what it took the bytes for, and written back in that encoding gives the same characters."""
    chance = random.Random(20_251_114)
    items = []
    for number in range(200):
        alphabet = chance.choice([b"ab,;\t|\"'\n\r", b"ab,\n\xe9\xfc", bytes(range(256)), "aé日,\n".encode()])
        path = tmp_path / f"{number}.csv"
        path.write_bytes(bytes(chance.choice(alphabet) for _ in range(chance.randrange(1, 400))))
        items.append((path.name, path, digest(path)))
    read = 0
    with Reader(workers=2) as reader:
        for (_, path, _), outcome in zip(items, reader.read(items), strict=True):
            if isinstance(outcome, Refused):
                assert outcome.code in (RefusalCode.ENCODING, RefusalCode.UNREADABLE, RefusalCode.UNKNOWN_FORMAT)
                continue
            read += 1
            encoding = outcome.notes[0].removeprefix("read as ")
            marks = set(',;\t|"\r\n')
            kept = sorted(sign for column in outcome.sheets[0].cells.columns for text in column.to_pylist() for sign in text or "")
            given = path.read_bytes().decode(encoding)
            assert [sign for sign in kept if sign not in marks] == sorted(sign for sign in given if sign not in marks)
    assert read > 50


@pytest.mark.parametrize(("content", "expected"), TEXTS)
def test_every_line_and_field_stands_where_a_spreadsheet_shows_it(
    content: bytes, expected: dict[str, list[str | None]], beside_good: Read
) -> None:
    assert cells(beside_good("text.csv", content)) == expected


def test_lines_beyond_one_block_keep_their_place(beside_good: Read) -> None:
    lines = [f"{number},{'x,' * (number % 3)}end" for number in range(9_000)]
    found = cells(beside_good("text.csv", "\n".join(lines).encode()))
    assert found["c1"] == [str(number) for number in range(9_000)]
    assert [len([1 for column in found.values() if column[line] is not None]) for line in range(9_000)] == [
        2 + line % 3 for line in range(9_000)
    ]


def test_a_workbook_under_a_texts_name_is_read_as_what_it_is(beside_good: Read, good: bytes) -> None:
    outcome = beside_good("export.csv", good)
    assert cells(outcome)["c1"] == ["Site", "Site 1", None]
    assert isinstance(outcome, Workbook)
    assert outcome.notes == ("a workbook, though its name ends like a text's",)
