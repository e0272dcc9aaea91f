"""Why a file cannot be taken, in words that a person can act on."""

from dataclasses import dataclass
from enum import StrEnum

from ncdm.sources.names import displayable
from ncdm.types import Sha256


class RefusalCode(StrEnum):
    """The reasons for which one file is set apart while the rest of the delivery goes on."""

    TOO_LARGE = "too_large"
    UNPACKED_TOO_LARGE = "unpacked_too_large"
    RATIO = "ratio"
    MEMBERS = "members"
    DUPLICATE_MEMBER = "duplicate_member"
    NESTED = "nested"
    UNSAFE_PATH = "unsafe_path"
    CELLS = "cells"
    COLUMNS = "columns"
    FIELD = "field"
    CPU = "cpu"
    TIME = "time"
    MEMORY = "memory"
    EMPTY = "empty"
    TRUNCATED = "truncated"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    MACRO = "macro"
    DOCTYPE = "doctype"
    ENCODING = "encoding"
    UNKNOWN_FORMAT = "unknown_format"
    LINK = "link"
    NOT_A_FILE = "not_a_file"
    UNREADABLE = "unreadable"
    CHANGED = "changed"
    CRASHED = "crashed"


_WORDS: dict[RefusalCode, tuple[str, str]] = {
    RefusalCode.TOO_LARGE: ("The file is larger than the limit", "Split the export, or raise the limit if the size is right."),
    RefusalCode.UNPACKED_TOO_LARGE: (
        "The file unpacks to more than the limit",
        "Save it again from the spreadsheet program; if the size is right, split the export.",
    ),
    RefusalCode.RATIO: (
        "A member unpacks to far more than its packed size, as a decompression bomb does",
        "Ask the sender where the file comes from; save it again from the spreadsheet program.",
    ),
    RefusalCode.MEMBERS: ("The archive has more members than the limit", "Ask the sender where the file comes from; export it again."),
    RefusalCode.DUPLICATE_MEMBER: (
        "Two members of the archive have one name or share bytes, so programs disagree about its content",
        "Save the workbook again from the spreadsheet program.",
    ),
    RefusalCode.NESTED: ("An archive inside an archive is not opened", "Unpack it and deliver the folder."),
    RefusalCode.UNSAFE_PATH: (
        "A member's name points outside the archive",
        "Ask the sender where the file comes from; pack the folder again.",
    ),
    RefusalCode.CELLS: (
        "The used range has more cells than the limit",
        "Look for a stray value far below or to the right of the table, delete it, and save again; or split the export.",
    ),
    RefusalCode.COLUMNS: ("A line has more columns than the limit", "Check the separator of the export."),
    RefusalCode.FIELD: ("A field is longer than the limit", "Look for a quotation mark that is opened and never closed."),
    RefusalCode.CPU: (
        "Reading took more processor time than the limit",
        "Split the export, or save it again from the spreadsheet program.",
    ),
    RefusalCode.TIME: (
        "Reading did not end in time and was stopped",
        "Load the file again; if it repeats, save it again from the spreadsheet program.",
    ),
    RefusalCode.MEMORY: ("Reading needs more memory than the limit", "Split the export, or save it again from the spreadsheet program."),
    RefusalCode.EMPTY: ("The file is empty", "Export it again: nothing was written, or the copy broke off."),
    RefusalCode.TRUNCATED: ("The file ends too early", "Copy or download it again."),
    RefusalCode.DAMAGED: ("The bytes do not agree with their own check sums or directory", "Copy or download it again."),
    RefusalCode.ENCRYPTED: ("The file is protected by a password", "Remove the password in the spreadsheet program and save it again."),
    RefusalCode.MACRO: ("The file carries macros", "Save it without macros, as .xlsx."),
    RefusalCode.DOCTYPE: (
        "A part of the file declares a document type, which no spreadsheet program does",
        "Ask the sender where the file comes from; save it again from the spreadsheet program.",
    ),
    RefusalCode.ENCODING: ("The text is in no encoding that is read without guessing", "Save it as UTF-8."),
    RefusalCode.UNKNOWN_FORMAT: (
        "The content is no spreadsheet that is read here",
        "Save it as .xlsx, .xls, .xlsb, .ods or .csv; the ending must tell what the file is.",
    ),
    RefusalCode.LINK: ("A link is not followed", "Deliver the file itself."),
    RefusalCode.NOT_A_FILE: ("This is no regular file", "Deliver a regular file."),
    RefusalCode.UNREADABLE: ("The file cannot be read", "Check that it opens in a spreadsheet program and that its rights allow reading."),
    RefusalCode.CHANGED: ("The bytes are not the ones that were announced: the file changed while it was loaded", "Load it again."),
    RefusalCode.CRASHED: (
        "The reading process was lost at this file",
        "Save the file again from the spreadsheet program; if it repeats, report it.",
    ),
}


class Unfit(Exception):
    """A file turned out to be one that cannot be taken; raised where that is found, answered with a ``Refused``."""

    def __init__(self, code: RefusalCode, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail

    @property
    def reason(self) -> str:
        """What is wrong, as one sentence."""
        return reason_for(self.code, self.detail)

    @property
    def todo(self) -> str:
        """What a person can do about it."""
        return _WORDS[self.code][1]


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that cannot be taken, with the reason a person can act on."""

    name: str
    size: int
    sha256: Sha256 | None
    """Absent when the bytes were never read: too large, a link, no right to read."""
    code: RefusalCode
    reason: str
    todo: str


def reason_for(code: RefusalCode, detail: str = "") -> str:
    """The sentence for a code, with what was measured; the detail is cut and made safe to show."""
    sentence = _WORDS[code][0]
    return f"{sentence}: {displayable(detail)[:200]}." if detail else f"{sentence}."


def refused(name: str, size: int, sha256: Sha256 | None, unfit: Unfit) -> Refused:
    """The receipt of a file that cannot be taken."""
    return Refused(name, size, sha256, unfit.code, unfit.reason, unfit.todo)
