"""What parent and reading process say to each other, and how the bytes of it lie.

A job is a length and a JSON list. An answer is one fixed-size header that carries the descriptor of an unnamed file: the sheets as Arrow
streams, then a JSON trailer. No file with a name ever holds cells, so whatever dies leaves nothing behind. JSON and Arrow, not pickle: the
process that answers has read strangers' files.
"""

import json
import os
import socket
import tempfile
from contextlib import suppress
from struct import Struct
from typing import NamedTuple

LENGTH = Struct("<I")
ANSWER = Struct("<QQ?")
"""Number of the job, where the trailer starts in the unnamed file, and whether the process ends after this answer."""
READY = 0
"""The job number of the first answer, which carries no file: the process has started."""
ALIGNED = 64
"""Arrow buffers are used where they lie, so each stream starts at a multiple of this."""


class Job(NamedTuple):
    """One file to read."""

    number: int
    path: bytes
    """As the system knows it: the two sides may read the environment's language differently."""
    name: str
    sha256: str


class SheetEntry(NamedTuple):
    """Where one sheet lies in the unnamed file."""

    name: str
    visible: bool
    start: int
    end: int
    errors: list[tuple[int, int, str]]


class Trailer(NamedTuple):
    """What an answer says: either why the file is refused (code and detail), or its sheets and notes."""

    refused: tuple[str, str] | None
    notes: list[str]
    sheets: list[SheetEntry]


def unnamed_file() -> int:
    """A descriptor of a file that has no name, in memory where the system offers that."""
    if hasattr(os, "memfd_create"):
        with suppress(OSError):
            return os.memfd_create("ncdm-sheets", os.MFD_CLOEXEC)
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())


def send_job(peer: socket.socket, job: Job) -> None:
    """Hand a file to the reading process."""
    text = json.dumps([job.number, job.path.hex(), job.name, job.sha256]).encode("ascii")
    peer.sendall(LENGTH.pack(len(text)) + text)


def next_job(peer: socket.socket) -> Job | None:
    """The next file to read, or ``None`` when the parent is gone."""
    head = receive(peer, LENGTH.size)
    text = receive(peer, LENGTH.unpack(head)[0]) if head else b""
    if not text:
        return None
    number, path, name, sha256 = json.loads(text)
    return Job(int(number), bytes.fromhex(path), str(name), str(sha256))


def send_answer(peer: socket.socket, number: int, start: int, *, leaving: bool, file: int | None) -> None:
    """Hand the unnamed file back."""
    head = ANSWER.pack(number, start, leaving)
    if file is None:
        peer.sendall(head)
    else:
        socket.send_fds(peer, [head], [file])


def receive(peer: socket.socket, length: int) -> bytes:
    """So many bytes, or none when the other side is gone."""
    parts = b""
    while len(parts) < length:
        part = peer.recv(length - len(parts))
        if not part:
            return b""
        parts += part
    return parts


def trailer_text(trailer: Trailer) -> bytes:
    """The trailer as it is written behind the sheets."""
    return json.dumps(trailer).encode("ascii")


def read_trailer(text: bytes) -> Trailer:
    """The trailer as it was written."""
    refused, notes, sheets = json.loads(text)
    return Trailer(
        (str(refused[0]), str(refused[1])) if refused else None,
        [str(note) for note in notes],
        [
            SheetEntry(name, visible, start, end, [(row, column, code) for row, column, code in errors])
            for name, visible, start, end, errors in sheets
        ],
    )
