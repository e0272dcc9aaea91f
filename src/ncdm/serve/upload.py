"""An upload on its way to disk: each part is written as it comes, within limits, and never held in memory."""

import errno
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from ncdm.errors import RefusedInput, StorageFull
from ncdm.serve.refusals import TooLarge
from ncdm.serve.upload_names import relative_path

FIELD = b"files"
_SEND_LESS = "Send fewer or smaller files; a folder on the disk of the server can be loaded there without this limit."


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """What one upload may be; a file of 200 MB is the most that is read (trust 1.2)."""

    file_bytes: int = 200 * 1024 * 1024
    total_bytes: int = 2 * 1024 * 1024 * 1024
    files: int = 2000


def create_file(path: Path) -> BinaryIO:
    """Open a new file to write; one that exists is never touched."""
    return path.open("xb")


class Receiver:
    """Writes the parts of one multipart body below a folder.

    ``feed`` blocks on the disk and is called from a thread. After an error the receiver is only good for ``close``.
    """

    def __init__(self, folder: Path, content_type: str, limits: UploadLimits, *, create: Callable[[Path], BinaryIO] = create_file) -> None:
        media, options = parse_options_header(content_type)
        boundary = options.get(b"boundary", b"")
        if media != b"multipart/form-data" or not boundary:
            raise _unreadable("It is not multipart/form-data with a boundary.")
        self._folder = folder
        self._limits = limits
        self._create = create
        self._seen: set[PurePosixPath] = set()
        self._folders: set[PurePosixPath] = set()
        self._field = b""
        self._value = b""
        self._disposition = b""
        self._file: BinaryIO | None = None
        self._file_bytes = 0
        self._total_bytes = 0
        self._finished = False
        try:
            self._parser = MultipartParser(
                boundary,
                {
                    "on_part_begin": self._part_begins,
                    "on_header_field": self._header_field,
                    "on_header_value": self._header_value,
                    "on_header_end": self._header_ends,
                    "on_headers_finished": self._headers_finished,
                    "on_part_data": self._part_data,
                    "on_part_end": self._part_ends,
                    "on_end": self._ends,
                },
            )
        except FormParserError as error:
            raise _unreadable("Its boundary is too long.") from error

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes of the body."""
        self._total_bytes += len(chunk)
        if self._total_bytes > self._limits.total_bytes:
            raise TooLarge(f"The upload is larger than {self._limits.total_bytes} bytes.", where="upload", todo=_SEND_LESS)
        try:
            self._parser.write(chunk)
        except FormParserError as error:
            raise _unreadable("Its parts do not follow multipart/form-data.") from error
        except OSError as error:
            raise _disk_error(error) from error

    def finish(self) -> int:
        """The body has ended: how many files came."""
        if not self._finished:
            raise _unreadable("It ends before its last part does.")
        if not self._seen:
            raise _unreadable("There is no file in it.")
        return len(self._seen)

    def close(self) -> None:
        """Let go of the file being written; what it could not keep no longer matters."""
        with suppress(OSError):
            self._end_file()

    def _end_file(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            file.close()

    def _part_begins(self) -> None:
        self._field = self._value = self._disposition = b""

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._field += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_ends(self) -> None:
        if self._field.lower() == b"content-disposition":
            self._disposition = self._value
        self._field = self._value = b""

    def _headers_finished(self) -> None:
        part = len(self._seen) + 1
        if part > self._limits.files:
            raise TooLarge(f"The upload has more than {self._limits.files} files.", where="upload", todo=_SEND_LESS)
        _, options = parse_options_header(self._disposition.decode("latin-1"))
        if options.get(b"name") != FIELD or b"filename" not in options:
            raise _unreadable("Each part must be a file of the field `files`.")
        path = relative_path(options[b"filename"], part=part)
        parents = set(path.parents) - {PurePosixPath()}
        if path in self._seen or path in self._folders or parents & self._seen:
            raise RefusedInput("Two uploaded files have the same name.", where=f"file {part} of the upload", todo="Send each file once.")
        self._seen.add(path)
        self._folders |= parents
        target = self._folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        self._file_bytes = 0
        self._file = self._create(target)

    def _part_data(self, data: bytes, start: int, end: int) -> None:
        self._file_bytes += end - start
        if self._file_bytes > self._limits.file_bytes:
            where = f"file {len(self._seen)} of the upload"
            raise TooLarge(f"A file is larger than {self._limits.file_bytes} bytes.", where=where, todo=_SEND_LESS)
        if self._file is not None:
            self._file.write(data[start:end])

    def _part_ends(self) -> None:
        self._end_file()

    def _ends(self) -> None:
        self._finished = True


def _unreadable(why: str) -> RefusedInput:
    return RefusedInput(f"The upload cannot be read. {why}", where="upload", todo="Send each file as one part named `files`.")


def _disk_error(error: OSError) -> RefusedInput | StorageFull:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return StorageFull("The disk is full; nothing of this upload was kept.", where="upload", todo="Make room on the disk of NCDM_HOME.")
    return RefusedInput(
        "An uploaded file could not be written under its name.", where="upload", todo="Rename the files, then send them again."
    )
