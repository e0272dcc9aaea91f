"""Seeded mutations of real-shaped files: the same seed gives the same bytes, so that a failure can be made again.

Bytes are flipped, cut, doubled and swapped; archives get members that are missing, doubled, exchanged, repacked or lie about themselves;
markup gets wrong dimensions, huge numbers, deep nesting, wild references, entities and broken tags.
"""

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from tests.hostile.forge import Part, archive, parts_of

_HUGE = [
    b"4294967296",
    b"-1",
    b"99999999999999999999",
    b"0",
    b"1e308",
    b"NaN",
    b"2147483647",
    b"65536",
    b"",
    b"1048577",
    b"0x10",
    b"\xd9\xa1",
]
_REFERENCES = [b"XFD1048576", b"A0", b"ZZZZZZZ1", b"A99999999999", b"1A", b"$A$1", b"", b"A1:B2", b"a1", b"ZZ99999", b"B2"]
_WILD = [
    b"<!DOCTYPE a>",
    b'<!DOCTYPE a [<!ENTITY b "c">]>',
    b"&undefined;",
    b"&#0;",
    b"&#x110000;",
    b"\0",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"]]>",
    b"<![CDATA[",
    b"<!--",
    b"<?xml?>",
    b"</row>",
    b"<row>",
    b"<c/>",
    b"<v>",
    b"<is><t>x</t></is>",
    b"<f>1+1</f>",
    b'<c r="A1" t="s"><v>99999999</v></c>',
    b'<c r="C3" t="e"><v>#SPILL!</v></c>',
    b'<c r="B9" t="b"><v>2</v></c>',
    b'<c r="B9" t="d"><v>2025-13-45</v></c>',
    b'<c s="4294967295"><v>45000.5</v></c>',
    b"<mergeCells><mergeCell ref='A1:XFD1048576'/></mergeCells>",
]
_MARKUP = (".xml", ".rels")


def mutations(seed: int, count: int, originals: Sequence[bytes]) -> Iterator[bytes]:
    """So many damaged variants of the originals."""
    chance = random.Random(seed)
    for _ in range(count):
        content = chance.choice(originals)
        for _ in range(chance.choice([1, 1, 1, 2, 3])):
            content = _mutated(chance, content)
        yield content


def _mutated(chance: random.Random, content: bytes) -> bytes:
    parts = _opened(content)
    if parts is None or chance.random() < 0.2:
        return chance.choice(_ON_BYTES)(chance, content)
    return chance.choice(_ON_ARCHIVES)(chance, parts)


def _opened(content: bytes) -> list[Part] | None:
    """The members, when the file is still an archive that any program would open."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return None
    try:
        return parts_of(content) or None
    except Exception:  # noqa: BLE001 - the library raises a dozen kinds of error on damaged archives, and all mean "treat it as bytes"
        return None


def _flip(chance: random.Random, content: bytes) -> bytes:
    damaged = bytearray(content)
    for _ in range(chance.choice([1, 2, 8, 64])):
        if damaged:
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def _cut(chance: random.Random, content: bytes) -> bytes:
    place = chance.randrange(len(content) + 1)
    return chance.choice([content[:place], content[place:], content[:place] + content[place + chance.randrange(1, 200) :]])


def _double(chance: random.Random, content: bytes) -> bytes:
    start = chance.randrange(len(content) + 1)
    end = min(len(content), start + chance.randrange(1, 2_000))
    return content[:end] + content[start:end] * chance.choice([1, 2, 30]) + content[end:]


def _swap(chance: random.Random, content: bytes) -> bytes:
    first, second, third = sorted(chance.randrange(len(content) + 1) for _ in range(3))
    return content[:first] + content[second:third] + content[first:second] + content[third:]


def _overwrite(chance: random.Random, content: bytes) -> bytes:
    start = chance.randrange(len(content) + 1)
    length = chance.choice([1, 2, 4, 8, 100])
    return content[:start] + chance.choice([b"\0" * length, b"\xff" * length, chance.randbytes(length)]) + content[start + length :]


_ON_BYTES: list[Callable[[random.Random, bytes], bytes]] = [_flip, _cut, _double, _swap, _overwrite]


def _exchange(chance: random.Random, parts: list[Part]) -> bytes:
    """Two members trade their content."""
    first, second = chance.choice(parts), chance.choice(parts)
    content = {first.name: second.data, second.name: first.data}
    return archive(replace(part, data=content.get(part.name, part.data)) for part in parts)


def _drop(chance: random.Random, parts: list[Part]) -> bytes:
    lost = chance.choice(parts)
    return archive(part for part in parts if part is not lost)


def _repeat(chance: random.Random, parts: list[Part]) -> bytes:
    twice = chance.choice(parts)
    name = chance.choice([twice.name, twice.name.upper(), twice.name + "/", "../" + twice.name, "xl/worksheets/sheet99.xml"])
    return archive([*parts, *[replace(twice, name=name)] * chance.choice([1, 1, 250])])


def _repack(chance: random.Random, parts: list[Part]) -> bytes:
    """The same content, packed otherwise: stored, in another order, with bytes in front, with a comment."""
    chance.shuffle(parts)
    packed = [replace(part, deflated=chance.random() < 0.5) for part in parts]
    return archive(packed, front=chance.choice([b"", b"MZ" * 40]), comment=chance.choice([b"", b"PK\5\6" + b"x" * 30]))


def _lie(chance: random.Random, parts: list[Part]) -> bytes:
    """One member announces something wrong."""
    liar = chance.choice(parts)
    number = chance.choice([0, 1, 7, len(liar.data) + 1, 0x7FFFFFFF, 0xFFFFFFFF])
    lies = [
        replace(liar, crc=number),
        replace(liar, unpacked=number),
        replace(liar, packed=number),
        replace(liar, method=number & 0xFFFF),
        replace(liar, flags=number & 0xFFFF),
        replace(liar, at=number),
        replace(liar, local_name="x" * min(number, 300)),
        replace(liar, raw=chance.randbytes(50)),
    ]
    lie = chance.choice(lies)
    return archive((lie if part is liar else part for part in parts), count=chance.choice([None, None, 0, 1, 65_535]))


def _stuff(chance: random.Random, parts: list[Part]) -> bytes:
    """More members than any workbook has, or an archive in the archive."""
    extra = [Part(f"xl/media/{number}.png", b"x") for number in range(chance.choice([1, 50, 300]))]
    return archive([*parts, *extra, Part("xl/embeddings/inner.zip", archive(parts))])


def _inside(chance: random.Random, parts: list[Part]) -> bytes:
    """Damage the unpacked bytes of one member and pack it honestly."""
    hurt = chance.choice(parts)
    data = chance.choice(_ON_BYTES)(chance, hurt.data)
    return archive(replace(part, data=data) if part is hurt else part for part in parts)


def _markup(chance: random.Random, parts: list[Part]) -> bytes:
    """Change the markup of one part; sheets and strings more often than the rest."""
    candidates = [part for part in parts if part.name.endswith(_MARKUP) and part.data]
    if not candidates:
        return _inside(chance, parts)
    weights = [6 if "sheet" in part.name or "Strings" in part.name or part.name == "content.xml" else 1 for part in candidates]
    (hurt,) = chance.choices(candidates, weights)
    data = chance.choice(_ON_MARKUP)(chance, hurt.data)
    return archive(replace(part, data=data) if part is hurt else part for part in parts)


_ON_ARCHIVES: list[Callable[[random.Random, list[Part]], bytes]] = [
    _exchange,
    _drop,
    _repeat,
    _repack,
    _lie,
    _stuff,
    _inside,
    *[_markup] * 8,
]


def _one(chance: random.Random, pattern: bytes, data: bytes, put: bytes) -> bytes:
    """Put something in the place of one occurrence of a pattern; what is in its first group if it has one."""
    found = list(re.finditer(pattern, data))
    if not found:
        return _insert(chance, data, put)
    hit = chance.choice(found)
    group = hit.re.groups
    return data[: hit.start(group)] + put + data[hit.end(group) :]


def _insert(chance: random.Random, data: bytes, put: bytes) -> bytes:
    places = [found.end() for found in re.finditer(rb">", data)] or [0]
    place = chance.choice(places)
    return data[:place] + put + data[place:]


def _dimension(chance: random.Random, data: bytes) -> bytes:
    return _one(
        chance, rb'<dimension ref="([^"]*)"', data, chance.choice([b"A1:XFD1048576", b"B2:A1", b"", b"?", b"A1:A1", b"ZZZZ1:A9999999999"])
    )


def _number(chance: random.Random, data: bytes) -> bytes:
    return _one(chance, rb'(?<=["> ])(\d+)(?=[" <])', data, chance.choice(_HUGE))


def _reference(chance: random.Random, data: bytes) -> bytes:
    return _one(chance, rb' r="([^"]*)"', data, chance.choice(_REFERENCES))


def _kind(chance: random.Random, data: bytes) -> bytes:
    return _one(chance, rb' t="(\w+)"', data, chance.choice([b"s", b"e", b"b", b"d", b"n", b"str", b"inlineStr", b"", b"zz"]))


def _wild(chance: random.Random, data: bytes) -> bytes:
    return _insert(chance, data, chance.choice(_WILD))


def _nest(chance: random.Random, data: bytes) -> bytes:
    tag = chance.choice([b"row", b"c", b"is", b"si", b"r", b"a", b"sheetData", b"text:p"])
    depth = chance.choice([10, 1_000, 50_000])
    return _insert(chance, data, (b"<" + tag + b">") * (depth + 1) + chance.choice([b"", (b"</" + tag + b">") * (depth + 1)]))


def _untag(chance: random.Random, data: bytes) -> bytes:
    return _one(chance, rb"</?[\w:]+[^>]*>", data, b"")


def _retag(chance: random.Random, data: bytes) -> bytes:
    return _one(chance, rb"</?([\w:]+)", data, chance.choice([b"row", b"c", b"v", b"x:row", b"t", b"sheetData", b"worksheet", b"si"]))


def _unquote(chance: random.Random, data: bytes) -> bytes:
    return _one(chance, rb'"', data, chance.choice([b"'", b"", b'""', b"<"]))


def _grow(chance: random.Random, data: bytes) -> bytes:
    return _insert(chance, data, chance.choice([b"x", b" ", b"\n", b"<a/>", b"&amp;", b"\xe2\x80\xae"]) * chance.choice([100, 40_000]))


def _recode(chance: random.Random, data: bytes) -> bytes:
    """Say another encoding, or use one."""
    text = data.decode("utf-8", "replace")
    return chance.choice(
        [data.replace(b"UTF-8", b"UTF-16"), text.encode("utf-16"), data.replace(b"UTF-8", b"x-unknown"), b"\xef\xbb\xbf" + data]
    )


_ON_MARKUP: list[Callable[[random.Random, bytes], bytes]] = [
    _dimension,
    _number,
    _number,
    _reference,
    _reference,
    _kind,
    _wild,
    _wild,
    _nest,
    _untag,
    _retag,
    _unquote,
    _grow,
    _recode,
]
