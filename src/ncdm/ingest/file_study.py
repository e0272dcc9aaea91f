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

_FOLDER = re.compile(r"(?i)^\s*study[\s_-]*0*(\d+)")
_ANYWHERE = re.compile(r"(?i)(?<![a-z])study[\s_-]*0*(\d+)")
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
    folder_says: StudyId | None
    """The study that the folder's name gives, to report a disagreement."""


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


def attribute(names_and_content: Sequence[tuple[str, StudyId | None]]) -> list[Attributed]:
    """The study of each file of one folder, given each file's name and the study its own cells name."""
    told = Counter(content for _name, content in names_and_content if content is not None)
    neighbours = next(iter(told)) if len(told) == 1 else None
    agreeing = told.total()
    attributed = []
    for name, content in names_and_content:
        folder = folder_study(name)
        found = _ANYWHERE.search(PurePosixPath(name).name)
        if content is not None:
            attributed.append(Attributed(content, StudyFrom.CONTENT, folder))
        elif neighbours is not None and (agreeing >= _ENOUGH or folder is None):
            attributed.append(Attributed(neighbours, StudyFrom.NEIGHBOURS, folder))
        elif folder is not None:
            attributed.append(Attributed(folder, StudyFrom.FOLDER, folder))
        elif found is not None:
            attributed.append(Attributed(StudyId(f"Study {int(found[1])}"), StudyFrom.FILE_NAME, folder))
        else:
            attributed.append(Attributed(None, None, None))
    return attributed
