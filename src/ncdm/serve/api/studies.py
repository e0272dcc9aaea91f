"""One study: what it has, who is in it, what was found, and its rows."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import StringConstraints

from ncdm.serve.answers import Finding, Row, Site, Study, Subject, Table
from ncdm.serve.failures import documented
from ncdm.serve.reading import Listed, Page, Read
from ncdm.serve.window import Filter, Sort
from ncdm.types import StudyId, TableName

ROUTER = APIRouter(tags=["study"], prefix="/studies/{study_id}", responses=documented(404))

MOST_FILTERS = 20

StudyPath = Annotated[StudyId, Path(max_length=100, description="As the portfolio names it.")]
TablePath = Annotated[TableName, Path(pattern=r"^[a-z][a-z0-9_]{0,63}$", description="As the list of tables names it.")]
Search = Annotated[str | None, Query(max_length=100, description="Keep those that contain this text.")]
CheckCode = Annotated[str | None, Query(max_length=50, description="Only the findings of this check.")]
SortText = Annotated[
    str | None, Query(pattern=r"^-?[a-z][a-z0-9_]{0,63}$", description="A column to order by; `-column` for the largest first.")
]
FilterText = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}:[^\x00-\x1f]{0,500}$")]
Filters = Annotated[
    list[FilterText] | None,
    Query(alias="filter", max_length=MOST_FILTERS, description="`column:value`, repeatable; `column:` keeps the rows without a value."),
]


@ROUTER.get("", operation_id="study", summary="One study")
async def study(read: Read, study_id: StudyPath) -> Study:
    """Its reports, files, headline sums and checks."""
    return await read.house.off_loop(lambda: read.house.mesh.study(read.at, study_id))


@ROUTER.get("/findings", operation_id="findings", summary="What the checks found")
async def findings(listed: Listed, study_id: StudyPath, code: CheckCode = None) -> Page[Finding]:
    """Each finding with the rows it is about."""
    return listed.page(await listed.house.off_loop(lambda: listed.house.mesh.findings(listed.at, study_id, code, listed.window)))


@ROUTER.get("/sites", operation_id="sites", summary="The sites of a study")
async def sites(listed: Listed, study_id: StudyPath, q: Search = None) -> Page[Site]:
    """Every site that any report names."""
    return listed.page(await listed.house.off_loop(lambda: listed.house.mesh.sites(listed.at, study_id, q, listed.window)))


@ROUTER.get("/subjects", operation_id="subjects", summary="The subjects of a study")
async def subjects(listed: Listed, study_id: StudyPath, q: Search = None) -> Page[Subject]:
    """Every subject that any report names."""
    return listed.page(await listed.house.off_loop(lambda: listed.house.mesh.subjects(listed.at, study_id, q, listed.window)))


@ROUTER.get("/tables", operation_id="tables", summary="The tables of a study")
async def tables(read: Read, study_id: StudyPath) -> tuple[Table, ...]:
    """With their columns, types and units."""
    return await read.house.off_loop(lambda: read.house.mesh.tables(read.at, study_id))


@ROUTER.get("/rows/{table}", operation_id="rows", summary="The rows of a table")
async def rows(listed: Listed, study_id: StudyPath, table: TablePath, sort: SortText = None, filters: Filters = None) -> Page[Row]:
    """Each row with the reference that opens its cells."""
    order = None if sort is None else Sort(sort.removeprefix("-"), descending=sort.startswith("-"))
    kept = tuple(Filter(*text.split(":", 1)) for text in filters or ())
    found = await listed.house.off_loop(lambda: listed.house.mesh.rows(listed.at, study_id, table, order, kept, listed.window))
    return listed.page(found)
