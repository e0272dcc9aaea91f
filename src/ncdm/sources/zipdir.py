"""The directory of a zip archive, read without trust, and its members, inflated while counting.

The standard reader is not used here because it builds its whole directory before anyone can count it, and believes the sizes it is told.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from mmap import mmap
from struct import Struct

from ncdm.sources.limits import Limits
from ncdm.sources.refusal import RefusalCode, Unfit

MAGIC = b"PK\x03\x04"
_END = Struct("<4sHHHHIIH")
_END64_PLACE = Struct("<4sIQI")
_END64 = Struct("<4sQHHIIQQQQ")
_CENTRAL = Struct("<4sBBHHHHHIIIHHHHHII")
_LOCAL = Struct("<4sHHHHHIIIHH")
_EXTRA = Struct("<HH")
_BLOCK = 1 << 18
_PIECE = 1 << 22
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _UTF8 = 0x1, 0x800
_UNIX, _LINK, _TYPE_BITS = 3, 0o120000, 0o170000
_ZIP64, _MANY = 1, 0xFFFF
_FOLLOWS = 0xFFFFFFFF
"""A size of this value says that the true one stands in the zip64 extra field."""


@dataclass(frozen=True, slots=True)
class Member:
    """One member of an archive, as its directory tells."""

    name: str
    encrypted: bool
    link: bool
    deflated: bool
    crc: int
    packed: int
    unpacked: int
    start: int
    """Where its packed bytes begin."""

    @property
    def folder(self) -> bool:
        """Whether the name stands for a folder."""
        return self.name.endswith("/")


def members(archive: bytes | mmap, most: int) -> list[Member]:
    """The members of an archive; refused when they are too many, share bytes or names, or do not lie inside the file."""
    count, start, length, shift = _directory(archive)
    if count > most:
        raise Unfit(RefusalCode.MEMBERS, f"{count:,} of {most:,}")
    found: list[Member] = []
    place, end = start, start + length
    while place + _CENTRAL.size <= end and archive[place : place + 4] == b"PK\x01\x02":
        if len(found) == most:
            raise Unfit(RefusalCode.MEMBERS, f"more than {most:,}")
        member, place = _member(archive, place, shift)
        found.append(member)
    if len(found) != count:
        raise Unfit(RefusalCode.DAMAGED, f"the directory announces {count:,} members and holds {len(found):,}")
    _no_overlap(found)
    return found


def pieces(archive: bytes | mmap, member: Member, limits: Limits) -> Iterator[bytes]:
    """The unpacked bytes of a member, a few megabytes at a time; size, ratio and check sum are verified on the way, not believed."""
    if member.encrypted:
        raise Unfit(RefusalCode.ENCRYPTED, member.name)
    most = max(limits.ratio_floor_bytes, limits.ratio * member.packed)
    size = crc = 0
    for piece in _unpack(archive, member):
        size += len(piece)
        if size > limits.unpacked_bytes:
            raise Unfit(RefusalCode.UNPACKED_TOO_LARGE, f"{member.name} has more than {limits.unpacked_bytes:,} bytes")
        if size > most:
            raise Unfit(RefusalCode.RATIO, f"{member.name} is {member.packed:,} bytes packed and more than {size:,} unpacked")
        crc = zlib.crc32(piece, crc)
        yield piece
    if crc != member.crc:
        raise Unfit(RefusalCode.DAMAGED, f"the check sum of {member.name} is wrong")
    if size != member.unpacked:
        raise Unfit(RefusalCode.DAMAGED, f"{member.name} announces {member.unpacked:,} bytes and has {size:,}")


def _unpack(archive: bytes | mmap, member: Member) -> Iterator[bytes]:
    end = member.start + member.packed
    if not member.deflated:
        for place in range(member.start, end, _PIECE):
            yield archive[place : min(place + _PIECE, end)]
        return
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    place = member.start
    try:
        while place < end and not inflater.eof:
            block = archive[place : min(place + _BLOCK, end)]
            place += len(block)
            while block:
                yield inflater.decompress(block, _PIECE)
                block = inflater.unconsumed_tail
        while piece := inflater.decompress(b"", _PIECE):
            yield piece
    except zlib.error as fault:
        raise Unfit(RefusalCode.DAMAGED, f"{member.name} cannot be inflated") from fault
    if not inflater.eof:
        raise Unfit(RefusalCode.TRUNCATED, f"{member.name} breaks off")


def _directory(archive: bytes | mmap) -> tuple[int, int, int, int]:
    """How many members, where the directory starts, its length, and by how much all places are shifted by bytes put in front."""
    size = len(archive)
    at = archive.rfind(b"PK\x05\x06", max(0, size - _END.size - _MANY))
    if at < 0 or at + _END.size > size:
        raise Unfit(RefusalCode.TRUNCATED, "the directory at the end of the archive is missing")
    _, disk, _, here, count, length, start, _ = _END.unpack_from(archive, at)
    if disk or here != count:
        raise Unfit(RefusalCode.DAMAGED, "the archive is one part of several")
    end, place = at, at - _END64_PLACE.size
    if place >= 0 and archive[place : place + 4] == b"PK\x06\x07":
        end = _END64_PLACE.unpack_from(archive, place)[2]
        if end + _END64.size > place or archive[end : end + 4] != b"PK\x06\x06":
            raise Unfit(RefusalCode.DAMAGED, "the large directory is not where the archive says")
        count, length, start = _END64.unpack_from(archive, end)[7:10]
    shift = end - length - start
    if shift < 0:
        raise Unfit(RefusalCode.DAMAGED, "the directory is not where the archive says")
    return count, start + shift, length, shift


def _member(archive: bytes | mmap, place: int, shift: int) -> tuple[Member, int]:
    """The member described at a place of the directory, and the place of the next description."""
    (
        _, _, system, _, flags, method, _, _, crc, packed, unpacked, name_length, extra_length, comment_length, _, _, attributes, header,
    ) = _CENTRAL.unpack_from(archive, place)  # fmt: skip
    name_at = place + _CENTRAL.size
    extra_at = name_at + name_length
    raw_name = archive[name_at:extra_at]
    name = raw_name.decode("utf-8" if flags & _UTF8 else "cp437", "replace").replace("\\", "/")
    unpacked, packed, header = _large(archive[extra_at : extra_at + extra_length], unpacked, packed, header)
    header += shift
    if header + _LOCAL.size > len(archive) or archive[header : header + 4] != MAGIC:
        raise Unfit(RefusalCode.DAMAGED, f"{name} is not where the directory says")
    local = _LOCAL.unpack_from(archive, header)
    local_name_at = header + _LOCAL.size
    start = local_name_at + local[-2] + local[-1]
    if archive[local_name_at : local_name_at + local[-2]] != raw_name:
        raise Unfit(RefusalCode.DAMAGED, f"{name} has another name in the directory than at its place")
    if start + packed > len(archive) or (method == _STORED and packed != unpacked):
        raise Unfit(RefusalCode.DAMAGED, f"{name} does not end inside the archive")
    if method not in (_STORED, _DEFLATED):
        raise Unfit(RefusalCode.UNREADABLE, f"{name} is packed by method {method}, which spreadsheets do not use")
    link = system == _UNIX and (attributes >> 16) & _TYPE_BITS == _LINK
    member = Member(name, bool(flags & _ENCRYPTED), link, method == _DEFLATED, crc, packed, unpacked, start)
    return member, extra_at + extra_length + comment_length


def _large(extra: bytes, *sizes: int) -> tuple[int, ...]:
    """The sizes, with those that did not fit into 32 bits taken from the zip64 extra field."""
    if _FOLLOWS not in sizes:
        return sizes
    place = 0
    while place + 4 <= len(extra):
        kind, length = _EXTRA.unpack_from(extra, place)
        place += _EXTRA.size
        if kind == _ZIP64:
            numbers = iter(extra[at : at + 8] for at in range(place, min(place + length, len(extra)) - 7, 8))
            return tuple(int.from_bytes(next(numbers, b""), "little") if size == _FOLLOWS else size for size in sizes)
        place += length
    return sizes


def _no_overlap(found: list[Member]) -> None:
    """Members that share bytes multiply what an archive unpacks to; members that share a name are read differently by each program."""
    names: set[str] = set()
    end = 0
    for member in sorted(found, key=lambda member: member.start):
        if member.name in names:
            raise Unfit(RefusalCode.DUPLICATE_MEMBER, member.name)
        names.add(member.name)
        if member.start < end:
            raise Unfit(RefusalCode.DUPLICATE_MEMBER, f"{member.name} shares bytes with another member")
        end = member.start + member.packed
