"""The whole walk of a delivery, from a folder of spreadsheets to a snapshot. Read this first."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from ncdm.ingest.file import conform_file, refused_file
from ncdm.ingest.file_study import Attributed, attribute
from ncdm.ingest.receipt import FileReceipt
from ncdm.sources import Refused, survey
from ncdm.store.arrival import Arrival, Progress, Stage, arrivals, reread
from ncdm.store.home import disk_full_named, empty_staging, locked
from ncdm.store.load import Committed, Load
from ncdm.store.unread import unread
from ncdm.types import Sha256, StudyId
from ncdm.wiring import Wiring

Taken = dict[tuple[Sha256 | None, StudyId | None], FileReceipt]
"""What a delivery brought so far, by its bytes and its study."""


def ingest(mesh: Wiring, delivery: Path, tell: Callable[[Progress], None], waiting: Callable[[], None] | None = None) -> Committed:
    """Load a folder, a zipped folder or a file. All of it becomes visible at the end, or nothing does."""
    with locked(mesh.home, waiting), disk_full_named(mesh.home):
        empty_staging(mesh.home)
        load = Load(mesh.home, mesh.engine, delivery.name)
        with TemporaryDirectory(dir=mesh.home.staging) as staging:
            found = survey(delivery, Path(staging), mesh.limits)
            files = arrivals(mesh.home, load, delivery.name, found, mesh.readers, mesh.limits, tell)
            taken: Taken = {}
            for _folder, neighbours in groupby(files, key=lambda file: file.folder):
                folder(mesh, load, neighbours, taken)
        tell(Progress(Stage.COMMITTING, 1, 1, None))
        return replace(load.commit(), ignored=unread(found))


def folder(mesh: Wiring, load: Load, files: Iterable[Arrival], taken: Taken) -> None:
    """The files of one folder: those whose cells name their study at once, the silent ones when all their neighbours have spoken."""
    told: list[tuple[str, StudyId | None]] = []
    silent: dict[int, Arrival] = {}
    for number, file in enumerate(files):
        told.append((file.path_name, file.content_study))
        if file.content_study is None:
            silent[number] = file
        else:
            take(mesh, load, file, attribute(told[-1:])[0], taken)
    studies = attribute(told)
    for number, file in silent.items():
        take(mesh, load, file, studies[number], taken)


def take(mesh: Wiring, load: Load, file: Arrival, study: Attributed, taken: Taken) -> None:
    """One file, its study known: recognised, or refused, or conformed and stored."""
    identity = (file.sha256, study.study_id)
    known = next((known for known in file.known if known.receipt.study_id == study.study_id), None)
    if file.sha256 is not None and identity in taken:
        load.twice(taken[identity], file.name)
    elif known is not None:
        taken[identity] = load.again(known, file.name)
    else:
        read = file if file.read is not None else reread(file, mesh.limits)
        conformed = refused_file(read.read, study) if isinstance(read.read, Refused) else conform_file(read.workbook, read.sheets, study)
        taken[identity] = load.add(conformed, read.content_study, demo=file.demo)
