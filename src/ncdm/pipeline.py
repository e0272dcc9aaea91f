"""The whole walk of a delivery, from a folder of spreadsheets to a snapshot. Read this first."""

from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from ncdm.ingest.file import conform_file, refused_file
from ncdm.ingest.file_study import Attributed, attribute
from ncdm.ingest.receipt import FileReceipt
from ncdm.sources import Refused, Workbook, survey
from ncdm.store.arrival import Arrival, Progress, Stage, arrivals, reread
from ncdm.store.home import disk_full_named, empty_staging, locked
from ncdm.store.load import Committed, Load
from ncdm.wiring import Wiring


def ingest(mesh: Wiring, delivery: Path, tell: Callable[[Progress], None], waiting: Callable[[], None] | None = None) -> Committed:
    """Load a folder, a zipped folder or a file. All of it becomes visible at the end, or nothing does."""
    with locked(mesh.home, waiting), disk_full_named(mesh.home):
        empty_staging(mesh.home)
        load = Load(mesh.home, mesh.engine, delivery.name)
        with TemporaryDirectory(dir=mesh.home.staging) as staging:
            found = survey(delivery, Path(staging), mesh.limits)
            files = arrivals(mesh.home, load, delivery.name, found, mesh.readers, mesh.limits, tell)
            taken: list[FileReceipt] = []
            for _folder, neighbours in groupby(files, key=lambda file: file.folder):
                together = list(neighbours)
                told = attribute([(file.path_name, file.content_study) for file in together])
                for file, study in zip(together, told, strict=True):
                    taken.append(take(mesh, load, file, study, taken))
        tell(Progress(Stage.COMMITTING, len(taken), len(taken), None))
        return load.commit()


def take(mesh: Wiring, load: Load, file: Arrival, study: Attributed, taken: list[FileReceipt]) -> FileReceipt:
    """One file, its study known: recognised, refused, or conformed and stored."""
    for receipt in taken:
        if receipt.sha256 == file.sha256 is not None and receipt.study_id == study.study_id:
            return load.twice(receipt, file.name)
    for known in file.known:
        if known.receipt.study_id == study.study_id:
            return load.again(known, file.name)
    if file.read is None:
        file = reread(file, mesh.limits)
    if isinstance(file.read, Refused):
        return load.add(refused_file(file.read, study), file.content_study, demo=file.demo)
    assert isinstance(file.read, Workbook)  # noqa: S101 - narrows the type: a file is known, refused or read
    return load.add(conform_file(file.read, file.sheets, study), file.content_study, demo=file.demo)
