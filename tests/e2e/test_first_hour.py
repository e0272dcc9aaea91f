"""From `make up` on the demo to the first painted page, to the first opened cell, and on: as a person would, with pictures."""

import gzip
import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.e2e.conftest import Served, accessible, shot

INITIAL_LOAD = 300_000
"""Bytes, packed, that the first page may take (issue: initial load below 300 kB gzip)."""


def portfolio(page: Page, served: Served) -> None:
    """Open the first page and wait until its rows are there."""
    page.goto(served.address)
    page.get_by_role("link", name=re.compile(r"^Study \d+$")).first.wait_for(timeout=60_000)


def first_study(page: Page) -> str:
    """The first study of the portfolio."""
    return page.get_by_role("link", name=re.compile(r"^Study \d+$")).first.inner_text()


def reports(page: Page, study: str) -> None:
    """Open a study, then its reports."""
    page.get_by_role("link", name=study, exact=True).click()
    page.get_by_role("tab", name="Reports").click(timeout=60_000)
    page.get_by_role("region", name="Reports").wait_for()


def kinds(page: Page, served: Served) -> list[dict[str, str]]:
    """The report kinds and their titles, as the server names them."""
    found: list[dict[str, str]] = page.request.get(f"{served.address}/api/v1/portfolio").json()["kinds"]
    return found


def test_the_first_page_paints_the_demo_and_says_that_it_is_one(page: Page, served: Served) -> None:
    portfolio(page, served)
    expect(page.get_by_role("complementary", name="Demonstration data")).to_be_visible()
    expect(page.get_by_text("Trial data quality and oversight; not for treatment decisions.")).to_be_visible()
    shot(page, "portfolio")
    assert accessible(page) == []


def test_the_first_load_is_small(signed_in: BrowserContext, served: Served) -> None:
    page = signed_in.new_page()
    sizes: dict[str, int] = {}
    page.on("response", lambda answer: sizes.__setitem__(answer.url, 0 if "/api/" in answer.url else len(gzip.compress(answer.body()))))
    page.goto(served.address)
    page.get_by_role("heading", name="Portfolio").wait_for()
    page.wait_for_load_state("networkidle")
    page.close()
    assert any(url.endswith(".js") for url in sizes), "the page brought no script: nothing was measured"
    assert sum(sizes.values()) < INITIAL_LOAD


def test_a_study_opens_on_its_overview_and_a_number_of_it_opens_down_to_the_cell(page: Page, served: Served) -> None:
    portfolio(page, served)
    study = first_study(page)
    page.get_by_role("link", name=study, exact=True).click()
    page.get_by_role("tab", name="Overview", selected=True).wait_for(timeout=60_000)
    told = page.request.get(f"{served.address}/api/v1/studies/{study}/clean").json()
    failing = next(one for one in told["criteria"] if one["failed"] > 0)
    criteria = page.get_by_role("region", name="Subjects by criterion")
    criteria.get_by_role(
        "button", name=re.compile(f"^{re.escape(failing['title'])}: fail, {re.escape(study)}, .*: {failing['failed']:,} subject")
    ).click()
    panel = page.locator("[aria-label^='Evidence:']")
    noun = "subject" if failing["failed"] == 1 else "subjects"
    expect(panel.get_by_role("status")).to_have_text(f"{failing['failed']:,} {noun}", timeout=60_000)
    page.wait_for_load_state("networkidle")
    shot(page, "overview")
    assert accessible(page) == []
    panel.get_by_role("button", name="Rows", exact=True).click()
    panel.locator("a[href*='/cells/']").first.click()
    page.wait_for_url("**/cells/**")
    page.get_by_role("region", name=re.compile("^Sheet ")).wait_for(timeout=60_000)
    ref = unquote(page.url.split("/cells/")[1].split("?")[0])
    rows = page.request.get(f"{served.address}/api/v1/studies/{study}/evidence/{failing['code']}?limit=1000").json()
    assert ref in {row["ref"] for part in rows for row in part["rows"]}, "the cell is one of the rows that the criterion counts"


def test_a_figure_opens_to_its_rows_and_a_row_to_its_cell(page: Page, served: Served) -> None:
    portfolio(page, served)
    reports(page, first_study(page))
    page.locator("section[aria-label='Reports']").get_by_role("button").first.click()
    panel = page.locator("[aria-label^='Evidence:']")
    panel.wait_for()
    shot(page, "evidence")
    assert accessible(page) == []
    panel.locator("a[href*='/cells/']").first.click()
    page.wait_for_url("**/cells/**")
    page.get_by_role("region", name=re.compile("^Sheet ")).wait_for(timeout=60_000)
    shot(page, "cell")
    assert accessible(page) == []
    ref = unquote(page.url.split("/cells/")[1].split("?")[0])
    answer = page.request.get(f"{served.address}/api/v1/cells/{ref}").json()
    assert answer["became"] is not None, "the figure counts rows, so its line became one"
    shown = {cell["text"] for line in answer["lines"] if line["row"] == answer["row"] for cell in line["cells"]}
    subject = answer["became"]["cells"]["subject_id"]
    assert subject in shown, "the row that the line became names the subject that stands in the line"


def test_a_headline_count_opens_to_exactly_so_many_rows(page: Page, served: Served) -> None:
    portfolio(page, served)
    study = first_study(page)
    told = page.request.get(f"{served.address}/api/v1/studies/{study}").json()
    counts = [
        (told["titles"][name], next(kind["title"] for kind in kinds(page, served) if kind["kind"] == code), value)
        for code, figures in told["totals"].items()
        for name, value in figures.items()
        if told["sources"][code][name]["counted"] == "rows"
    ]
    assert len(counts) >= len(told["totals"]), "every report that is there counts its rows"
    reports(page, study)
    sums = page.get_by_role("region", name="Reports")
    for more in sums.locator("summary").all():
        more.click()
    panel = page.locator("[aria-label^='Evidence:']")
    for title, report, value in counts:
        sums.get_by_role("button", name=re.compile(f"^{re.escape(f'{title}, {study}, {report}: {value:,}')}($|,)")).click()
        expect(panel).to_have_attribute("aria-label", f"Evidence: {title}")
        if value == 0:
            expect(panel).to_contain_text("No row here")
        else:
            expect(panel.get_by_role("status")).to_have_text(f"{value:,} {'row' if value == 1 else 'rows'}")
            expect(panel.locator("a[href*='/cells/']").first).to_be_visible()
    shot(page, "headline")


@pytest.mark.parametrize("width", [1280, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_of_a_study_is_cut_beside_the_evidence(signed_in: BrowserContext, served: Served, width: int, scheme: str) -> None:
    page = signed_in.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    portfolio(page, served)
    reports(page, first_study(page))
    page.get_by_role("region", name="Reports").get_by_role("button").first.click()
    panel = page.locator("[aria-label^='Evidence:']")
    panel.locator("a[href*='/cells/']").first.wait_for()
    shot(page, f"study-beside-evidence-{width}-{scheme}")
    edge = panel.evaluate("element => element.getBoundingClientRect().left")
    ends = page.locator("#page table, #page table a, #page table button, #page table th, #page [role=tab]").evaluate_all(
        "elements => elements.map(element => element.getBoundingClientRect().right)"
    )
    assert len(ends) > 20
    assert max(ends) <= edge
    assert accessible(page) == []
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    page.close()


@pytest.mark.parametrize("tab", ["Overview", "Reports", "Files", "Findings", "Site list", "Subject list", "Tables"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_part_of_a_study_is_accessible(signed_in: BrowserContext, served: Served, tab: str, scheme: str) -> None:
    page = signed_in.new_page()
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    portfolio(page, served)
    page.get_by_role("link", name=first_study(page), exact=True).click()
    page.get_by_role("tab", name=re.compile(f"^{tab}")).click()
    page.wait_for_load_state("networkidle")
    shot(page, f"study-{tab.lower().replace(' ', '-')}-{scheme}")
    assert accessible(page) == []
    page.close()


def test_a_file_adds_up(page: Page, served: Served) -> None:
    page.goto(f"{served.address}/files")
    page.get_by_role("link", name=re.compile(r"\.xlsx")).first.click()
    page.wait_for_url("**/files/*")
    page.get_by_role("region", name="Receipt of the file").wait_for()
    shot(page, "file")
    assert accessible(page) == []
    file_id = page.url.split("/files/")[1].split("?")[0]
    receipt = page.request.get(f"{served.address}/api/v1/files/{file_id}").json()
    assert receipt["read"] == receipt["accepted"] + receipt["rejected"] + receipt["set_aside"] + receipt["quarantined_lines"]
    expect(page.get_by_role("region", name="Receipt of the file")).to_contain_text(f"{receipt['read']:,}")


def test_the_palette_opens_by_key_and_jumps(page: Page, served: Served) -> None:
    portfolio(page, served)
    study = first_study(page)
    page.keyboard.press("/")
    box = page.get_by_role("combobox", name=re.compile("^Jump to"))
    box.fill(study)
    page.get_by_role("listbox", name="Places").get_by_role("option").first.wait_for()
    shot(page, "palette")
    box.press("Enter")
    page.wait_for_url("**/studies/**")
    page.keyboard.press("?")
    page.get_by_role("dialog").wait_for()
    shot(page, "keys")


def test_what_fails_says_so_and_can_be_tried_again(page: Page, served: Served) -> None:
    broken = re.compile(r"/api/v1/portfolio(\?|$)")
    page.route(
        broken,
        lambda route: route.fulfill(
            status=503,
            content_type="application/json",
            body=json.dumps(
                {
                    "error": {
                        "code": "NCDM610",
                        "what": "the table query cannot be read",
                        "where": "facts",
                        "todo": "Restore the data folder.",
                        "request_id": "r1",
                    }
                }
            ),
        ),
    )
    page.goto(served.address)
    alert = page.get_by_role("alert")
    alert.wait_for()
    expect(alert).to_contain_text("the table query cannot be read")
    shot(page, "failed")
    assert accessible(page) == []
    page.unroute(broken)
    alert.get_by_role("button", name="Retry").click()
    page.get_by_role("link", name=re.compile(r"^Study \d+$")).first.wait_for()


def test_an_upload_is_received_read_and_shown(page: Page, served: Served, tmp_path: Path) -> None:
    """What fits no contract, is broken, stands twice or is no spreadsheet is told, and nothing that was there is lost."""
    folder = tmp_path / "Study 1"
    folder.mkdir()
    (folder / "Study 1 notes.csv").write_text("colour,taste\nred,sweet\n", encoding="utf-8")
    (folder / "Study 1 notes again.csv").write_text("colour,taste\nred,sweet\n", encoding="utf-8")
    (folder / "broken.xlsx").write_bytes(b"PK\x03\x04 no")
    (folder / "plan.docx").write_bytes(b"x")
    portfolio(page, served)
    before = page.request.get(f"{served.address}/api/v1/portfolio").json()["totals"]
    page.goto(f"{served.address}/files")
    page.locator("input[aria-label='Folder to load']").set_input_files(folder)
    attention = page.get_by_role("list", name="Files that need attention")
    attention.wait_for(timeout=60_000)
    expect(attention).to_contain_text("docs/reference/report-kinds.md")
    expect(attention).to_contain_text("the same bytes as Study 1/Study 1 notes again.csv, taken once")
    panel = page.get_by_role("region", name="Upload")
    counts = panel.get_by_role("group", name="Files by outcome")
    assert "".join(counts.inner_text().split()) == "loaded0unchanged0duplicate1quarantined1refused1"
    expect(panel).to_contain_text("Not read, no spreadsheets: Study 1/plan.docx")
    shot(page, "uploaded")
    assert accessible(page) == []
    after = page.request.get(f"{served.address}/api/v1/portfolio").json()["totals"]
    assert (after["rows"], after["subjects"]) == (before["rows"], before["subjects"])
    assert (after["refused"], after["quarantined"]) == (before["refused"] + 1, before["quarantined"] + 1)
    page.goto(f"{served.address}/files?outcome=duplicate")
    expect(page.get_by_role("grid", name="Files")).to_contain_text("Study 1 notes.csv")


def test_without_a_session_nothing_is_told(served: Served, browser: "object") -> None:
    context = browser.new_context()  # type: ignore[attr-defined]
    page = context.new_page()
    assert page.request.get(f"{served.address}/api/v1/portfolio").status == 401
    page.goto(served.address)
    page.get_by_label(re.compile("token", re.IGNORECASE)).first.wait_for()
    shot(page, "sign-in")
    assert accessible(page) == []
    assert page.request.post(f"{served.address}/api/v1/session", data={"token": served.link.split("token=")[1]}).status in {401, 403, 429}
    context.close()
