"""The process that opens files so that no other has to: it reads one after the other and hands back cells or a reason.

It is started once and kept, imports as little as it can, and trusts nothing it reads. What it must not exceed stands in ``Limits``; what it
does not survive costs the file it was reading, and the parent starts another.
"""

import hashlib
import json
import os
import socket
import sys
from io import BufferedWriter

import pyarrow as pa

from ncdm.sources.confine import allow_cpu, confine, most_memory
from ncdm.sources.content import read_content
from ncdm.sources.limits import Limits
from ncdm.sources.refusal import RefusalCode, Unfit
from ncdm.sources.regular import open_regular
from ncdm.sources.sheets import ReadSheet
from ncdm.sources.wire import ALIGNED, READY, Job, SheetEntry, Trailer, next_job, send_answer, trailer_text, unnamed_file

_WRITTEN = 4 << 30
"""More than any file within the limits gives; a guard, not a promise."""
_TIRED = 512 << 20
"""Once its memory has been this large, the process ends after its answer, so that the next file finds all the room it is promised."""


def main(descriptor: str, limits: str) -> None:
    """Answer jobs from the socket on this descriptor until the parent closes it."""
    with socket.socket(fileno=int(descriptor)) as parent:
        bounds = Limits(**json.loads(limits))
        confine(bounds.memory_bytes, _WRITTEN)
        send_answer(parent, READY, 0, leaving=False, file=None)
        while job := next_job(parent):
            if _answer(parent, job, bounds):
                return


def _answer(parent: socket.socket, job: Job, limits: Limits) -> bool:
    """Read one file and hand back the result; whether the process should end."""
    spent = False
    with os.fdopen(unnamed_file(), "wb") as out:
        try:
            trailer = _read(job, limits, out)
        except Unfit as unfit:
            trailer = _refusal(unfit.code, unfit.detail)
        except MemoryError:
            trailer, spent = _refusal(RefusalCode.MEMORY, f"at most {limits.memory_bytes:,} bytes"), True
        except OSError as fault:
            trailer = _refusal(RefusalCode.UNREADABLE, fault.strerror or type(fault).__name__)
        except BaseException as fault:  # noqa: BLE001 - a panic of the reader derives from it; this is the edge where it becomes a receipt
            trailer, spent = _refusal(RefusalCode.UNREADABLE, f"the reader gave up ({type(fault).__name__})"), True
        if trailer.refused:
            out.seek(0)
            out.truncate()
        start = out.tell()
        out.write(trailer_text(trailer))
        out.flush()
        leaving = spent or most_memory() > _TIRED
        send_answer(parent, job.number, start, leaving=leaving, file=out.fileno())
    return leaving


def _read(job: Job, limits: Limits, out: BufferedWriter) -> Trailer:
    content = _content(job, limits)
    sheets, notes = read_content(content, job.name, limits)
    return Trailer(None, list(notes), [_write(sheet, out) for sheet in sheets])


def _content(job: Job, limits: Limits) -> bytes:
    """The bytes of the file, which must be those the job names: one read serves the check, the hash and the reader."""
    with open_regular(job.path, limits.packed_bytes) as stream:
        content = stream.read(limits.packed_bytes + 1)
    allow_cpu(limits.cpu_for(len(content)))
    if hashlib.sha256(content).hexdigest() != job.sha256:
        raise Unfit(RefusalCode.CHANGED)
    return content


def _write(sheet: ReadSheet, out: BufferedWriter) -> SheetEntry:
    out.write(b"\0" * (-out.tell() % ALIGNED))
    start = out.tell()
    cells = _packed(sheet.cells)
    with pa.ipc.new_stream(out, cells.schema) as stream:
        stream.write_table(cells)
    return SheetEntry(sheet.name, sheet.visible, start, out.tell(), sheet.errors)


def _packed(cells: pa.Table) -> pa.Table:
    """Each column as its distinct texts: exports repeat themselves, and every later step works on the distinct ones."""
    columns = [column.combine_chunks().dictionary_encode() for column in cells.columns]
    return pa.Table.from_arrays(columns, names=cells.column_names)


def _refusal(code: RefusalCode, detail: str) -> Trailer:
    return Trailer((code.value, detail), [], [])


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
