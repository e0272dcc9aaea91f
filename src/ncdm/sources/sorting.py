"""What a file is taken for by its name alone: a spreadsheet, an archive, or something that is left aside with a reason."""

from enum import StrEnum

SPREADSHEETS = (".xlsx", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".tab", ".xlsm", ".xltx", ".xltm", ".xlam", ".fods")
"""Endings that promise a spreadsheet. Those that are not read are among them: such a file is refused with a reason, not overlooked."""
_ARCHIVES = (".7z", ".rar", ".gz", ".tgz", ".bz2", ".xz", ".tar", ".zst")
_SYSTEM = frozenset({".ds_store", "thumbs.db", "desktop.ini", "__macosx"})
_LOCKS = ("~$", ".~lock.")


class Sort(StrEnum):
    """What to do with a file of a delivery."""

    SPREADSHEET = "spreadsheet"
    ZIP = "zip"
    ARCHIVE = "archive"
    """An archive of a kind that is not opened."""
    ASIDE = "aside"


def sort(name: str) -> tuple[Sort, str]:
    """What the last part of a file's name promises, and why it is left aside if it is."""
    last = name.rpartition("/")[2].lower()
    if last.startswith(_LOCKS):
        return Sort.ASIDE, "lock file of a spreadsheet that someone has open"
    if last in _SYSTEM or last.startswith("._") or "__MACOSX/" in name:
        return Sort.ASIDE, "left by an operating system"
    if last.endswith(SPREADSHEETS):
        return Sort.SPREADSHEET, ""
    if last.endswith(".zip"):
        return Sort.ZIP, ""
    if last.endswith(_ARCHIVES):
        return Sort.ARCHIVE, ""
    stem, dot, ending = last.rpartition(".")
    return Sort.ASIDE, f"not a spreadsheet (.{ending})" if stem and dot else "not a spreadsheet"


def meant(name: str) -> bool:
    """Whether a person would say that they delivered this file: it is not hidden, no lock file, and nothing that an operating system leaves behind."""
    parts = [part.lower() for part in name.split("/")]
    return not any(part.startswith(".") or part in _SYSTEM for part in parts) and not parts[-1].startswith(_LOCKS)
