"""What was delivered, and what became of each of its lines."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from ncdm.serve.answers import FileLine, FileReceipt, Line, LineOutcome
from ncdm.serve.failures import documented
from ncdm.serve.reading import Listed, Page, Read
from ncdm.types import SHORT_SHA, FileOutcome, StudyId

ROUTER = APIRouter(tags=["files"], prefix="/files", responses=documented(404))

FilePath = Annotated[str, Path(pattern=rf"^[0-9a-f]{{{SHORT_SHA}}}$", description="The first 16 characters of the file's SHA-256.")]
SheetPath = Annotated[int, Path(ge=1, le=9999, description="1-based position of the sheet in its workbook.")]
FileOutcomeText = Annotated[FileOutcome | None, Query(description="Only the files with this outcome.")]
LineOutcomeText = Annotated[LineOutcome | None, Query(description="Only the lines with this outcome.")]
StudyText = Annotated[StudyId | None, Query(max_length=100, description="Only the files of this study.")]
FromRow = Annotated[int, Query(ge=1, le=9_999_999, description="The first line to give.")]


@ROUTER.get("", operation_id="files", summary="The delivered files")
async def files(listed: Listed, outcome: FileOutcomeText = None, study_id: StudyText = None) -> Page[FileLine]:
    """Also those that were refused or quarantined, with the reason."""
    return listed.page(await listed.house.off_loop(lambda: listed.house.mesh.files(listed.at, study_id, outcome, listed.window)))


@ROUTER.get("/{file_id}", operation_id="file", summary="One file, sheet by sheet")
async def file(read: Read, file_id: FilePath) -> FileReceipt:
    """The receipt: every line that was read is accounted for."""
    return await read.house.off_loop(lambda: read.house.mesh.file(read.at, file_id))


@ROUTER.get("/{file_id}/sheets/{sheet}/lines", operation_id="lines", summary="The lines of a sheet")
async def lines(listed: Listed, file_id: FilePath, sheet: SheetPath, outcome: LineOutcomeText = None, from_row: FromRow = 1) -> Page[Line]:
    """As they stand in the file, each with what it became."""
    found = await listed.house.off_loop(lambda: listed.house.mesh.lines(listed.at, file_id, sheet, outcome, from_row, listed.window))
    return listed.page(found)
