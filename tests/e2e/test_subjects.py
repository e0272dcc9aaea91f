"""The subjects of a study as a data manager works with them: who is not clean, why, what to do, and a file to hand on."""

import re
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.e2e.conftest import Served, accessible, shot

Line = dict[str, object]


def unclean_study(page: Page, served: Served) -> tuple[str, list[Line]]:
    """A study with subjects who are not clean at database lock, and its lines as the server tells them."""
    for study in page.request.get(f"{served.address}/api/v1/portfolio").json()["studies"]:
        lines: list[Line] = page.request.get(f"{served.address}/api/v1/studies/{study['study_id']}/clean/subjects").json()["subjects"]
        if any(line["outcome"] == "fail" for line in lines):
            return study["study_id"], lines
    pytest.fail("every subject of the demo is clean: nothing was tested")


def open_subjects(page: Page, served: Served, study: str, search: str = "") -> None:
    """Open the tab and wait for its lines."""
    page.goto(f"{served.address}/studies/{study}?view=clean{search}")
    page.get_by_role("grid").wait_for(timeout=60_000)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_list_one_subject_and_the_work_are_accessible(signed_in: BrowserContext, served: Served, scheme: str) -> None:
    page = signed_in.new_page()
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    study, _lines = unclean_study(page, served)
    for name, search in (("list", ""), ("actions", "&by=action"), ("owners", "&by=owner")):
        open_subjects(page, served, study, search)
        shot(page, f"subjects-{name}-{scheme}")
        assert accessible(page) == [], name
    page.close()


def test_a_subject_opens_to_what_stands_in_its_way_and_each_row_to_its_cell(page: Page, served: Served) -> None:
    study, lines = unclean_study(page, served)
    open_subjects(page, served, study)
    unclean = sum(line["outcome"] == "fail" for line in lines)
    page.get_by_role("button", name=f"Not clean {unclean}", exact=True).click()
    expect(page.get_by_text(re.compile(rf"^{unclean:,} of {len(lines):,} subjects$"))).to_be_visible()
    grid = page.get_by_role("grid")
    grid.focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("region", name=re.compile("what stands in its way$"))
    panel.get_by_role("link").first.wait_for()
    shot(page, "subject")
    assert accessible(page) == []
    address = page.url
    panel.get_by_role("link").first.click()
    page.wait_for_url("**/cells/**")
    page.get_by_role("region", name=re.compile("^Sheet ")).wait_for(timeout=60_000)
    page.goto(address)
    expect(panel.get_by_role("link").first).to_be_visible()
    expect(page.get_by_text(re.compile(rf"^{unclean:,} of {len(lines):,} subjects$"))).to_be_visible()
    page.get_by_role("grid").focus()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)


def test_a_failing_criterion_opens_to_its_rows(page: Page, served: Served) -> None:
    study, _lines = unclean_study(page, served)
    open_subjects(page, served, study, "&filter=outcome:=not clean")
    page.get_by_role("button", name=re.compile(": fail, ")).first.click()
    evidence = page.locator("[aria-label^='Evidence:']")
    evidence.locator("a[href*='/cells/']").first.wait_for()
    expect(evidence.get_by_text(re.compile(r"^fail, \d"))).to_be_visible()


def test_each_file_holds_exactly_the_lines_that_are_shown(page: Page, served: Served, tmp_path: Path) -> None:
    study, lines = unclean_study(page, served)
    open_subjects(page, served, study, "&filter=outcome:=not clean&sort=subject_id")
    wanted = {line["subject_id"] for line in lines if line["outcome"] == "fail"}
    saved: dict[str, Path] = {}
    for kind in ("CSV", "XLSX", "Parquet"):
        with page.expect_download() as coming:
            page.get_by_role("button", name=kind, exact=True).click()
        saved[kind] = tmp_path / coming.value.suggested_filename
        coming.value.save_as(saved[kind])
    assert {path.stem for path in saved.values()} == {saved["CSV"].stem}
    book = openpyxl.load_workbook(saved["XLSX"])
    rows = list(book["Data"].iter_rows(values_only=True))
    table = pq.read_table(saved["Parquet"]).to_pydict()
    text = saved["CSV"].read_text(encoding="utf-8-sig").splitlines()
    shown = [row[0] for row in rows[1:]]
    assert set(shown) == wanted
    assert table["Subject"] == shown
    assert [line.split(",")[0] for line in text[1:]] == shown
    about = dict(book["About"].iter_rows(values_only=True))
    assert about["Filter"] == "Database lock: =not clean"
    assert "made up" in str(about["Demo data"])
