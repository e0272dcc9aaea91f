"""The directory of an archive is read as the standard library reads it, as long as it tells the truth."""

import io
import random
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.hostile.forge import Part, archive

from ncdm.sources.limits import LIMITS, Limits
from ncdm.sources.refusal import RefusalCode, Unfit
from ncdm.sources.zipdir import members, pieces


def unpacked(content: bytes, limits: Limits = LIMITS) -> dict[str, bytes]:
    """Every member and its bytes."""
    return {member.name: b"".join(pieces(content, member, limits)) for member in members(content, limits.members)}


@settings(max_examples=60)
@given(st.dictionaries(st.from_regex(r"[a-zé]{1,9}(/[a-z]{1,9})?", fullmatch=True), st.binary(max_size=3_000), max_size=12), st.booleans())
def test_what_the_standard_library_writes_is_read(parts: dict[str, bytes], packed: bool) -> None:  # noqa: FBT001 - hypothesis gives it
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as target:
        for name, data in parts.items():
            target.writestr(name, data)
    assert unpacked(buffer.getvalue()) == parts


def test_streamed_and_large_archives_are_read() -> None:
    """Writers that do not know sizes beforehand put them behind the data; some always use the large fields."""

    class Unseekable(io.RawIOBase):
        def __init__(self) -> None:
            self.content = b""

        def writable(self) -> bool:
            return True

        def write(self, data: object, /) -> int:
            assert isinstance(data, bytes | bytearray | memoryview)
            self.content += bytes(data)
            return len(bytes(data))

    stream = Unseekable()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target, target.open("a.xml", "w", force_zip64=True) as member:
        member.write(b"<a/>" * 1_000)
    assert unpacked(stream.content) == {"a.xml": b"<a/>" * 1_000}


def test_large_fields_are_read_where_a_writer_uses_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """No archive here is larger than four gigabytes, so the standard library is told to take less for large."""
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 100)
    parts = {"small": b"x", "long": bytes(range(256)) * 9, "packed": b"<a/>" * 999}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in parts.items():
            target.writestr(name, data)
    assert unpacked(buffer.getvalue()) == parts
    moved = buffer.getvalue().replace(b"PK\6\6", b"PK\6\0")
    with pytest.raises(Unfit):
        unpacked(moved)


def test_large_members_come_in_pieces_and_whole() -> None:
    chance = random.Random(1)
    noise = chance.randbytes(9_000_000)
    text = b"".join(b"%d," % number for number in range(2_000_000))
    content = archive([Part("noise", noise), Part("text", text), Part("stored", noise, deflated=False)])
    assert unpacked(content) == {"noise": noise, "text": text, "stored": noise}
    assert all(len(piece) <= 1 << 22 for member in members(content, 9) for piece in pieces(content, member, LIMITS))


def test_a_piece_of_zeros_is_counted_while_it_is_inflated() -> None:
    content = archive([Part("zeros", b"\0" * 20_000_000)])
    (member,) = members(content, 1)
    seen: list[int] = []
    with pytest.raises(Unfit) as caught:
        seen.extend(map(len, pieces(content, member, Limits(ratio=10_000, unpacked_bytes=6_000_000))))
    assert caught.value.code is RefusalCode.UNPACKED_TOO_LARGE
    assert sum(seen) <= 6_000_000


def test_a_small_member_may_repeat_itself() -> None:
    assert unpacked(archive([Part("styles.xml", b"<xf/>" * 100_000)])) == {"styles.xml": b"<xf/>" * 100_000}


def test_bytes_in_front_and_a_comment_behind_are_no_fault() -> None:
    content = archive([Part("a", b"x"), Part("b", b"y")], front=b"#!/bin/sh\n", comment=b"PK\5\6 or so")
    assert unpacked(archive([Part("a", b"x"), Part("b", b"y")], front=b"#!/bin/sh\n")) == {"a": b"x", "b": b"y"}
    with pytest.raises(Unfit):
        unpacked(content)


@pytest.mark.parametrize("length", [0, 1, 21, 22, 40])
def test_no_archive_is_too_short_to_be_refused(length: int) -> None:
    with pytest.raises(Unfit):
        members(b"PK\5\6".ljust(length, b"\1")[:length], 9)
