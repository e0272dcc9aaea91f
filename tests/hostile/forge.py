"""Files as honest and dishonest senders make them, byte by byte where no library would write such a thing.

Nothing here comes from the code under test: the zip, compound, BIFF and xlsb writers are our own, small and obvious.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import xlsxwriter

Cell = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Part:
    """One member of an archive, with whatever lies it should tell."""

    name: str
    data: bytes
    deflated: bool = True
    method: int | None = None
    """Announced compression method, when it differs from the true one."""
    crc: int | None = None
    """Announced check sum."""
    unpacked: int | None = None
    """Announced size."""
    packed: int | None = None
    """Announced packed size."""
    flags: int = 0x800
    mode: int = 0o100644
    local_name: str | None = None
    """Name at the member's own place."""
    at: int | None = None
    """Announced place."""
    raw: bytes | None = None
    """Packed bytes to use as they are."""


def archive(parts: Iterable[Part], *, count: int | None = None, front: bytes = b"", comment: bytes = b"") -> bytes:
    """A zip archive of these parts; the directory repeats their lies."""
    out = bytearray(front)
    directory = bytearray()
    total = 0
    for part in parts:
        total += 1
        packed = part.raw if part.raw is not None else deflate(part.data) if part.deflated else part.data
        name, local_name = part.name.encode(), (part.local_name or part.name).encode()
        method = part.method if part.method is not None else 8 if part.deflated else 0
        crc = zlib.crc32(part.data) if part.crc is None else part.crc
        size = len(part.data) if part.unpacked is None else part.unpacked
        length = len(packed) if part.packed is None else part.packed
        place = len(out) - len(front) if part.at is None else part.at
        common = struct.pack("<HHHHIIIHH", part.flags, method, 0, 33, crc, length, size, 0, 0)[:-4]
        out += b"PK\3\4" + struct.pack("<H", 20) + common + struct.pack("<HH", len(local_name), 0) + local_name + packed
        directory += b"PK\1\2" + struct.pack("<BBH", 20, 3, 20) + common
        directory += struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, part.mode << 16, place) + name
    start = len(out) - len(front)
    told = total if count is None else count
    end = b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, told & 0xFFFF, told & 0xFFFF, len(directory), start, len(comment)) + comment
    return bytes(out + directory + end)


def workbook(sheets: Mapping[str, Sequence[Sequence[Cell]]]) -> bytes:
    """An honest workbook, as a spreadsheet program writes it."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return buffer.getvalue()


def parts_of(content: bytes) -> list[Part]:
    """The members of an honest archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return [Part(info.filename, opened.read(info)) for info in opened.infolist()]


def replaced(content: bytes, name: str, data: bytes) -> bytes:
    """The same archive with other bytes in one member, or with one member more."""
    parts = [part for part in parts_of(content) if part.name != name]
    return archive([*parts, Part(name, data)])


def with_sheet_data(rows: str, *, dimension: str = "A1", before: str = "") -> bytes:
    """A workbook whose only sheet has exactly this markup inside its ``sheetData``."""
    markup = (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<dimension ref="{dimension}"/><sheetData>{rows}</sheetData></worksheet>'
    )
    return replaced(workbook({"s": [["x"]]}), "xl/worksheets/sheet1.xml", markup.encode())


def inline(reference: str, text: str) -> str:
    """One cell that holds its text itself."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file, the container of old workbooks and of encrypted new ones."""
    free, end, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    sectors: list[bytes] = []
    chain: list[int] = []

    def store(data: bytes) -> int:
        data += b"\0" * (-len(data) % 512)
        first = len(sectors)
        blocks = [data[at : at + 512] for at in range(0, len(data), 512)]
        chain.extend([*range(first + 1, first + len(blocks)), end])
        sectors.extend(blocks)
        return first

    def entry(name: str, kind: int, start: int, size: int, right: int, child: int) -> bytes:
        text = (name + "\0").encode("utf-16-le")
        head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, free, right, child)
        return head + b"\0" * 36 + struct.pack("<IQ", start, size)

    places = {name: (store(data.ljust(4096, b"\0")), max(len(data), 4096)) for name, data in streams.items()}
    entries = [entry("Root Entry", 5, end, 0, free, 1)]
    for number, (name, (start, size)) in enumerate(places.items(), start=1):
        entries.append(entry(name, 2, start, size, number + 1 if number < len(places) else free, free))
    entries += [b"\0" * 68 + struct.pack("<III", free, free, free) + b"\0" * 48] * (-len(entries) % 4)
    listing = store(b"".join(entries))
    sectors_of_table = 1
    while len(chain) + sectors_of_table > sectors_of_table * 128:
        sectors_of_table += 1
    first_table = len(sectors)
    chain.extend([table] * sectors_of_table)
    chain.extend([free] * (-len(chain) % 128))
    allocation = struct.pack(f"<{len(chain)}I", *chain)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, sectors_of_table, listing, 0, 4096, end, 0, end, 0)
    tables = [first_table + number for number in range(sectors_of_table)]
    header += struct.pack("<109I", *tables, *[free] * (109 - len(tables)))
    return header + b"".join(sectors) + allocation


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def xls(
    rows: Mapping[tuple[int, int], str | float], errors: Mapping[tuple[int, int], int] | None = None, *, password: bool = False
) -> bytes:
    """A workbook of the 1997 format with one sheet; places are (line, column) from 0."""
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    if password:
        start += _record(0x002F, struct.pack("<HHH", 1, 1, 1) + b"\0" * 48)
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    for (line, column), value in rows.items():
        if isinstance(value, str):
            sheet += _record(0x0204, struct.pack("<HHHHB", line, column, 0, len(value), 1) + value.encode("utf-16-le"))
        else:
            sheet += _record(0x0203, struct.pack("<HHHd", line, column, 0, value))
    for (line, column), code in (errors or {}).items():
        sheet += _record(0x0205, struct.pack("<HHHBB", line, column, 0, code, 1))
    sheet += _record(0x000A, b"")
    name = struct.pack("<BBBB", 0, 0, 3, 0) + b"old"
    offset = len(start) + 4 + 4 + len(name) + 4
    return compound({"Workbook": start + _record(0x0085, struct.pack("<I", offset) + name) + _record(0x000A, b"") + sheet})


def _brt(kind: int, data: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length = len(data)
    return head + (bytes([length]) if length < 128 else bytes([length & 0x7F | 0x80, length >> 7])) + data


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(rows: Mapping[tuple[int, int], str | float], errors: Mapping[tuple[int, int], int] | None = None) -> bytes:
    """A binary workbook with one sheet; places are (line, column) from 0."""
    cells: dict[tuple[int, int], bytes] = {}
    for (line, column), value in rows.items():
        place = struct.pack("<II", column, 0)
        cells[line, column] = _brt(6, place + _wide(value)) if isinstance(value, str) else _brt(5, place + struct.pack("<d", value))
    for (line, column), code in (errors or {}).items():
        cells[line, column] = _brt(3, struct.pack("<IIB", column, 0, code))
    lines = sorted({line for line, _ in cells})
    widest = [column for _, column in cells]
    sheet = _brt(129) + _brt(148, struct.pack("<IIII", lines[0], lines[-1], min(widest), max(widest))) + _brt(145)
    for line in lines:
        sheet += _brt(0, struct.pack("<IIHBBBI", line, 0, 300, 0, 0, 0, 0))
        sheet += b"".join(cell for (row, _), cell in sorted(cells.items()) if row == line)
    sheet += _brt(146) + _brt(130)
    book = _brt(131) + _brt(143) + _brt(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("binary")) + _brt(144) + _brt(132)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = f'<Relationship Id="rId1" Type="{kind}/worksheet" Target="worksheets/sheet1.bin"/>'
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return archive(
        [
            Part("[Content_Types].xml", f"{head}<Types/>".encode()),
            Part("xl/workbook.bin", book),
            Part("xl/_rels/workbook.bin.rels", f"{head}<Relationships>{relations}</Relationships>".encode()),
            Part("xl/worksheets/sheet1.bin", sheet),
        ]
    )


def ods(rows: str, *, manifest: str = "") -> bytes:
    """An OpenDocument workbook whose only table has exactly this markup."""
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{space}:office:1.0" xmlns:table="{space}:table:1.0" '
        f'xmlns:text="{space}:text:1.0"><office:body><office:spreadsheet><table:table table:name="open">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    listing = f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{space}:manifest:1.0">{manifest}</manifest:manifest>'
    return archive(
        [
            Part("mimetype", b"application/vnd.oasis.opendocument.spreadsheet", deflated=False),
            Part("content.xml", content.encode()),
            Part("META-INF/manifest.xml", listing.encode()),
        ]
    )


def deflate(data: bytes) -> bytes:
    """The packed form of these bytes."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()
