"""Which study a file belongs to: by what its cells say, else by its neighbours, its folder, its own name.

Cells outrank names: a file put into the wrong folder still says whose it is, and the disagreement becomes a finding
(decision 0008 in docs/decisions).
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from ncdm.types import StudyId

_FOLDER = re.compile(r"(?i)^\s*study[\s_-]*0*([0-9]+)")
_ANYWHERE = re.compile(r"(?i)(?<![a-z])study[\s_-]*0*([0-9]+)")
_ENOUGH = 2
"""Neighbours that must agree before they outrank the name of their folder."""


class StudyFrom(StrEnum):
    """What told the study of a file."""

    CONTENT = "content"
    NEIGHBOURS = "neighbours"
    FOLDER = "folder"
    FILE_NAME = "file_name"


@dataclass(frozen=True, slots=True)
class Attributed:
    """A file's study and what told it; ``study_id`` is ``None`` when nothing does."""

    study_id: StudyId | None
    told_by: StudyFrom | None
    named_other: StudyId | None
    """Another study that the name of its folder or its own name gives: a disagreement to report."""


def content_study(named: Counter[str], name: str) -> StudyId | None:
    """The study that most lines of a file name; of equals the one its folder names too."""
    folder = folder_study(name)
    most = max(named, key=lambda study: (named[study], study == folder, study), default=None)
    return None if most is None else StudyId(most)


def folder_study(name: str) -> StudyId | None:
    """The study that the nearest folder of a delivered file is named after."""
    for folder in list(PurePosixPath(name).parent.parts)[::-1]:
        found = _FOLDER.match(folder) or _ANYWHERE.search(folder)
        if found is not None:
            return StudyId(f"Study {int(found[1])}")
    return None


def name_study(name: str) -> StudyId | None:
    """The study that a file's own name gives."""
    found = _ANYWHERE.search(PurePosixPath(name).name)
    return None if found is None else StudyId(f"Study {int(found[1])}")


def attribute(names_and_content: Sequence[tuple[str, StudyId | None]]) -> list[Attributed]:
    """The study of each file of one folder, given each file's name and the study its own cells name.

    A file whose cells name none takes the study from its own name where names proved right on the neighbours whose cells can check them;
    else from neighbours that agree, where they are enough or the folder is silent; else from the folder, else from its name.
    """
    told = Counter(content for _name, content in names_and_content if content is not None)
    neighbours = next(iter(told)) if len(told) == 1 else None
    names_proved = _proved(names_and_content)
    return [_attributed(name, content, neighbours, told.total(), names_proved=names_proved) for name, content in names_and_content]


def _proved(names_and_content: Sequence[tuple[str, StudyId | None]]) -> bool:
    """Whether file names give the right study wherever cells can check them, and can be checked at all."""
    checked = [name_study(name) == content for name, content in names_and_content if content is not None and name_study(name) is not None]
    return bool(checked) and all(checked)


def _attributed(name: str, content: StudyId | None, neighbours: StudyId | None, agreeing: int, *, names_proved: bool) -> Attributed:
    """One file's study, and a name that says another."""
    folder, own = folder_study(name), name_study(name)
    study: StudyId | None
    told_by: StudyFrom | None
    if content is not None:
        study, told_by = content, StudyFrom.CONTENT
    elif own is not None and names_proved:
        study, told_by = own, StudyFrom.FILE_NAME
    elif neighbours is not None and (agreeing >= _ENOUGH or folder is None):
        study, told_by = neighbours, StudyFrom.NEIGHBOURS
    elif folder is not None:
        study, told_by = folder, StudyFrom.FOLDER
    elif own is not None:
        study, told_by = own, StudyFrom.FILE_NAME
    else:
        study, told_by = None, None
    disagreeing = next((said for said in (folder, own) if said is not None and said != study), None)
    return Attributed(study, told_by, disagreeing)
