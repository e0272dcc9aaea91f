"""Pages laid end to end are the whole list, whatever their size and whatever happens between two of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ncdm.serve.window import Window

if TYPE_CHECKING:
    from starlette.testclient import TestClient
    from tests.serve.conftest import MadeUpMesh

STUDY = "/api/v1/studies/Fiction 1"
LISTS = [
    "/api/v1/snapshots",
    "/api/v1/files",
    f"{STUDY}/findings",
    f"{STUDY}/sites",
    f"{STUDY}/subjects",
    f"{STUDY}/rows/query",
    f"/api/v1/files/{'f1c7' * 4}/sheets/1/lines",
]


def pages(browser: TestClient, path: str, limit: int, **asked: str) -> list[object]:
    items: list[object] = []
    params = {**asked, "limit": str(limit)}
    while True:
        answer = browser.get(path, params=params)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        assert len(page["items"]) <= limit
        items += page["items"]
        if page["next"] is None:
            assert page["total"] == len(items)
            return items
        assert page["items"], "a page before the last is never empty"
        params = {**asked, "limit": str(limit), "cursor": page["next"]}


@pytest.mark.parametrize("path", LISTS)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(limit=st.integers(1, 12), size=st.integers(0, 20))
def test_pages_laid_end_to_end_are_the_whole_list(browser: TestClient, mesh: MadeUpMesh, path: str, limit: int, size: int) -> None:
    mesh.size = size
    whole = browser.get(path, params={"limit": 1000}).json()
    assert whole["next"] is None
    assert pages(browser, path, limit) == whole["items"]
    assert len(whole["items"]) == whole["total"]


def test_the_whole_list_is_what_the_mesh_has(browser: TestClient, mesh: MadeUpMesh) -> None:
    expected = mesh.sites(2, "Fiction 1", None, Window(0, 1000)).items  # type: ignore[arg-type]  # a literal for a study's id
    assert [item["site_id"] for item in browser.get(f"{STUDY}/sites").json()["items"]] == [site.site_id for site in expected]
    assert len(expected) == 8


def test_a_load_between_two_pages_neither_repeats_nor_hides(browser: TestClient, mesh: MadeUpMesh) -> None:
    whole = browser.get("/api/v1/snapshots").json()["items"]
    first = browser.get("/api/v1/snapshots", params={"limit": 1}).json()
    mesh.committed += 1
    second = browser.get("/api/v1/snapshots", params={"limit": 1, "cursor": first["next"]}).json()
    assert first["items"] + second["items"] == whole
    assert second["next"] is None


def test_a_cursor_belongs_to_its_list_alone(browser: TestClient) -> None:
    cursor = browser.get(f"{STUDY}/sites", params={"limit": 1}).json()["next"]
    for path, asked in [(f"{STUDY}/subjects", {}), (f"{STUDY}/sites", {"q": "utopia"}), (f"{STUDY}/sites", {"as_of": "1"})]:
        answer = browser.get(path, params={**asked, "cursor": cursor, "limit": "1"})
        assert answer.status_code == 422
        assert answer.json()["error"]["where"] == "cursor"


@given(garbage=st.text(max_size=80))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_cursor_not_made_here_is_refused(browser: TestClient, garbage: str) -> None:
    answer = browser.get(f"{STUDY}/sites", params={"cursor": garbage.encode("utf-8", "replace").decode()})
    assert answer.status_code == 422


def test_a_cursor_with_one_letter_changed_is_refused(browser: TestClient) -> None:
    cursor = browser.get(f"{STUDY}/sites", params={"limit": 1}).json()["next"]
    for place in range(len(cursor) - 1):
        other = "A" if cursor[place] != "A" else "B"
        changed = cursor[:place] + other + cursor[place + 1 :]
        assert browser.get(f"{STUDY}/sites", params={"cursor": changed, "limit": 1}).status_code == 422


def test_rows_are_filtered_and_sorted_as_asked(browser: TestClient) -> None:
    def numbers(query: str) -> list[int]:
        return [row["cells"]["number"] for row in browser.get(f"{STUDY}/rows/query?{query}").json()["items"]]

    assert numbers("") == [0, 1, 2, 3, 4, 5, 6, 7]
    assert numbers("sort=-number") == [7, 6, 5, 4, 3, 2, 1, 0]
    assert numbers("filter=number:3") == [3]
    assert numbers("filter=half:1.5&filter=number:3") == [3]
    assert numbers("filter=half:1.5&filter=number:4") == []


def test_values_keep_their_types_on_the_way(browser: TestClient) -> None:
    row = browser.get(f"{STUDY}/rows/query", params={"limit": 1}).json()["items"][0]
    assert row["cells"] == {"number": 0, "half": 0.0, "on": "2031-01-01", "open": True, "text": "made up", "nothing": None}
    assert row["ref"] == "f1c7" * 4 + ":1:2"


def test_unknown_is_null_and_never_zero(browser: TestClient) -> None:
    report = browser.get("/api/v1/portfolio").json()["studies"][0]["reports"][0]
    assert report["state"] == "missing"
    assert report["rows"] is None


def test_before_the_first_load_there_is_an_empty_portfolio(browser: TestClient, mesh: MadeUpMesh) -> None:
    mesh.committed = 0
    portfolio = browser.get("/api/v1/portfolio").json()
    assert portfolio["snapshot"] is None
    assert portfolio["studies"] == []
    assert browser.get("/api/v1/files").json() == {"items": [], "next": None, "total": 0}
    assert browser.get(STUDY).status_code == 404


def test_as_of_names_a_snapshot_by_number_or_day(browser: TestClient) -> None:
    for as_of, snapshot, subjects in [("1", 1, 7), ("2", 2, 8), ("2031-01-01", 1, 7), ("2031-01-31", 2, 8)]:
        answer = browser.get("/api/v1/portfolio", params={"as_of": as_of}).json()
        assert answer["snapshot"]["snapshot"] == snapshot
        assert answer["studies"][0]["subjects"] == subjects


def test_a_cell_opens_with_its_surroundings(browser: TestClient) -> None:
    cell = browser.get(f"/api/v1/cells/{'f1c7' * 4}:1:B12", params={"around": 1}).json()
    assert (cell["row"], cell["column_letter"], len(cell["lines"])) == (12, "B", 2)
    assert cell["lines"][0]["cells"][1] == {"text": None, "error": "#N/A"}
    line = browser.get(f"/api/v1/cells/{'f1c7' * 4}:1:12").json()
    assert (line["row"], line["column_letter"]) == (12, None)


def test_a_file_opens_to_its_receipt(browser: TestClient) -> None:
    file = browser.get(f"/api/v1/files/{'f1c7' * 4}").json()
    sheet = file["sheets"][0]
    assert sheet["read"] == sheet["accepted"] + sheet["rejected"] + sum(sheet["set_aside"].values()) + sheet["held"]
    assert file["findings"][0]["code"] == "CHK001"
    assert browser.get(STUDY).json()["files"][0]["sheets"] == 1
