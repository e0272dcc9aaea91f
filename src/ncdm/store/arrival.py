"""The files of a delivery as they arrive: kept byte for byte, recognised when their bytes are known, read when not."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath

from ncdm.ingest.conform import studies_named
from ncdm.ingest.file_name import masked
from ncdm.ingest.file_study import content_study
from ncdm.ingest.workbook import Identified, identify
from ncdm.sources import FoundFile, Limits, NotKept, Reader, Refused, Survey, Workbook, keep
from ncdm.store.home import Home
from ncdm.store.load import KnownFile, Load
from ncdm.store.unread import demo_folders
from ncdm.types import Sha256, StudyId

_KEEPERS = 8
"""Files kept at the same time: most of it is waiting for the disk."""


class Stage(StrEnum):
    """How far a load is."""

    READING = "reading"
    COMMITTING = "committing"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a load is, for people who wait."""

    stage: Stage
    done: int
    total: int
    current: str | None


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file of a delivery, with what is known or was read of it."""

    name: str
    """Masked, for display."""
    path_name: str
    """With the folders that it lies in, the delivered one included."""
    known: tuple[KnownFile, ...]
    read: Workbook | Refused | None
    """``None`` when the bytes are known."""
    sheets: tuple[Identified, ...]
    demo: bool
    raw: Path | None
    sha256: Sha256 | None
    content_study: StudyId | None
    """The study that its own cells name."""

    @property
    def workbook(self) -> Workbook:
        """What was read. Raises ``TypeError`` for a file that was refused or not read."""
        if not isinstance(self.read, Workbook):
            raise TypeError(self.name)
        return self.read

    @property
    def folder(self) -> str:
        """The folder it lies in."""
        return PurePosixPath(self.path_name).parent.as_posix()


@dataclass(frozen=True, slots=True)
class _Kept:
    """A found file with its bytes kept."""

    name: str
    raw: Path
    sha256: Sha256


def arrivals(
    home: Home, load: Load, root: str, found: Survey, readers: int, limits: Limits, tell: Callable[[Progress], None]
) -> Iterator[Arrival]:
    """Every file of a delivery in the order of its names; files that cannot be taken are among them."""
    marks = demo_folders(found)
    files: list[_Kept | Refused] = [*found.refused]
    known: dict[Sha256, tuple[KnownFile, ...]] = {}
    with Reader(readers, limits) as reader:
        with ThreadPoolExecutor(_KEEPERS) as keepers:
            for file in keepers.map(lambda file: _keep(file, home, limits), found.files):
                files.append(file)
                if isinstance(file, _Kept):
                    known[file.sha256] = load.known(file.sha256)
                    if not known[file.sha256]:
                        reader.start()
        files.sort(key=lambda file: file.name)
        new = [file for file in files if isinstance(file, _Kept) and not known[file.sha256]]
        results = reader.read((file.name, file.raw, file.sha256) for file in new)
        for done, file in enumerate(files):
            tell(Progress(Stage.READING, done, len(files), masked(file.name)))
            demo = bool(marks & {PurePosixPath(file.name).parent, *PurePosixPath(file.name).parents})
            path_name = f"{root}/{file.name}"
            if isinstance(file, Refused):
                yield Arrival(masked(file.name), path_name, (), file, (), demo, None, file.sha256, None)
            elif known[file.sha256]:
                yield Arrival(
                    masked(file.name),
                    path_name,
                    known[file.sha256],
                    None,
                    (),
                    demo,
                    file.raw,
                    file.sha256,
                    known[file.sha256][0].content_study,
                )
            else:
                yield _arrived(path_name, file, next(results), demo=demo)
    tell(Progress(Stage.READING, len(files), len(files), None))


def reread(arrival: Arrival, limits: Limits) -> Arrival:
    """Read a file whose bytes are known, because it was delivered for another study than before."""
    if arrival.raw is None or arrival.sha256 is None:
        return arrival
    file = _Kept(arrival.name, arrival.raw, arrival.sha256)
    with Reader(1, limits) as reader:
        return _arrived(arrival.path_name, file, next(reader.read([(file.name, file.raw, file.sha256)])), demo=arrival.demo)


def _arrived(path_name: str, file: _Kept, read: Workbook | Refused, *, demo: bool) -> Arrival:
    """A file that was read now."""
    sheets = identify(read) if isinstance(read, Workbook) else ()
    study = content_study(studies_named(sheets), path_name)
    return Arrival(masked(file.name), path_name, (), read, sheets, demo, file.raw, file.sha256, study)


def _keep(file: FoundFile, home: Home, limits: Limits) -> _Kept | Refused:
    """Keep the bytes of a file; what is wrong with one costs that one."""
    try:
        sha256, raw = keep(file, home.raw, limits)
    except NotKept as error:
        return error.refused
    return _Kept(file.name, raw, sha256)
