"""What-if by the API: before and after, nothing stored by asking, versions kept with author and reason, and what has no meaning refused."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from starlette.testclient import TestClient
    from tests.serve.conftest import MadeUpMesh

STUDY = "/api/v1/studies/Fiction 1"
NOTHING: dict[str, object] = {"limits": {}, "weights": {}, "caps": {}, "gates": {}, "targets": {}}


def body(changed: dict[str, object] | None = None, milestone: str = "database_lock") -> dict[str, object]:
    return {"milestone": milestone, "change": {**NOTHING, **(changed or {})}}


@pytest.fixture(autouse=True)
def _loaded(mesh: MadeUpMesh) -> None:
    mesh.committed = max(mesh.committed, 1)


def test_the_plan_names_everything_that_can_be_changed(browser: TestClient) -> None:
    told = browser.get(f"{STUDY}/what-if").json()
    assert {"op01", "op09", "op17"} <= {one["code"] for one in told["kris"]}
    assert sum(one["weight"] for one in told["index"]) == pytest.approx(1)
    assert [one["code"] for one in told["milestones"]][-1] == "own"
    assert len(told["criteria"]) == 11
    assert {one["code"]: one["target"] for one in told["targets"]} == {"ITT": 0.8, "PP": 0.85, "SAF": 0.95}
    assert all((one["amber"], one["red"]) == (2, 3) for one in told["kris"])


def test_nothing_changed_is_nothing_moved(browser: TestClient) -> None:
    told = browser.post(f"{STUDY}/what-if", json=body()).raise_for_status().json()
    assert told["config_hash"] == told["base_hash"] == browser.get(f"{STUDY}/what-if").json()["config_hash"]
    for name in ("flags", "clean", "quality", "one_step"):
        assert told[f"{name}_before"] == told[f"{name}_after"]
    assert told["newly_flagged"] == told["cleared"] == told["silenced"] == told["becomes_clean"] == told["no_longer_clean"] == []
    assert all(one["moved"] == [] and one["before"] == one["after"] for one in told["kris"])
    assert all(one["before"] == one["after"] for name in ("strata", "work", "readiness", "sites") for one in told[name])


def test_each_part_of_a_change_shows_where_it_works(browser: TestClient) -> None:
    changed: dict[str, object] = {
        "limits": {"op01": {"amber": 1, "red": 1.5, "accrual": 60}},
        "weights": {"visits": 1},
        "gates": {"database_lock": ["C"]},
        "targets": {"ITT": 0.1},
        "caps": {"deviations": 2},
    }
    told = browser.post(f"{STUDY}/what-if", json=body(changed)).raise_for_status().json()
    kri = next(one for one in told["kris"] if one["code"] == "op01")
    assert {name: kri["after"][name] for name in ("amber_from", "red_from", "accrual")} == {"amber_from": 1, "red_from": 1.5, "accrual": 60}
    assert kri["before"]["accrual"] == 30
    assert told["milestone"]["gates"] == ["C"]
    assert len(told["gates_before"]) == 11
    assert told["clean_after"]["clean"] - told["clean_before"]["clean"] == len(told["becomes_clean"]) - len(told["no_longer_clean"])
    assert sum(one["after"] for one in told["work"]) < sum(one["before"] for one in told["work"])
    assert sum(one["weight_after"] for one in told["weights"] if one["dimension"] == "visits") == pytest.approx(1)
    assert next(one for one in told["readiness"] if one["code"] == "ITT")["target_after"] == 0.1
    assert told["change"]["limits"]["op01"] == {"amber": 1, "red": 1.5, "accrual": 60}
    # the clean page of the study under the same gates, counted on its own way
    alone = browser.get(f"{STUDY}/clean").json()
    assert told["clean_before"] == alone["standing"]
    coding = next(one for one in alone["criteria"] if one["code"] == "C")
    assert told["clean_after"]["clean"] == coding["passed"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"limits": {"op01": {"amber": 3, "red": 2, "accrual": None}}}, "do not rise"),
        ({"limits": {"op77": {"amber": 2, "red": 3, "accrual": None}}}, "no indicator op77"),
        ({"weights": {"visits": -0.1}}, "not from 0 to 1"),
        ({"weights": {"visits": 0.9, "safety": 0.9}}, "sum to 1.8"),
        ({"caps": {"deviations": 0}}, "not above zero"),
        ({"gates": {"database_lock": []}}, "asks for nothing"),
        ({"gates": {"database_lock": ["ZZ"]}}, "no criterion ZZ"),
        ({"targets": {"ITT": 1.5}}, "not from 0 to 1"),
    ],
)
def test_what_has_no_meaning_is_refused_with_what_to_do(browser: TestClient, changed: dict[str, object], said: str) -> None:
    for path, more in (("what-if", {}), ("versions", {"author": "A", "reason": "B"})):
        answer = browser.post(f"{STUDY}/{path}", json={**body(changed), **more})
        assert answer.status_code == 422
        error = answer.json()["error"]
        assert said in error["what"]
        assert error["todo"]


def test_a_milestone_or_study_that_is_none_is_refused(browser: TestClient) -> None:
    assert browser.post(f"{STUDY}/what-if", json=body(milestone="someday")).status_code == 422
    assert browser.post("/api/v1/studies/Fiction 9/what-if", json=body()).status_code == 404
    assert browser.post(f"{STUDY}/what-if", json={"milestone": "own", "change": {}}).status_code == 422


def test_a_version_is_saved_listed_and_opened_as_it_was(browser: TestClient) -> None:
    before = browser.get(f"{STUDY}/versions").json()
    offer = {**body({"gates": {"own": ["V", "Q"]}, "caps": {"deviations": 3}}, "own"), "author": " A. Author ", "reason": "Dry run"}
    answer = browser.post(f"{STUDY}/versions", json=offer)
    assert answer.status_code == 201
    saved = answer.json()
    assert (saved["author"], saved["reason"], saved["milestone"], saved["still_the_same"]) == ("A. Author", "Dry run", "own", True)
    assert saved["change"] == {**NOTHING, "gates": {"own": ["V", "Q"]}, "caps": {"deviations": 3}}
    assert browser.get(f"{STUDY}/versions").json() == [saved, *before]
    assert browser.get(f"{STUDY}/versions/{saved['number']}").json() == saved
    told = browser.post(f"{STUDY}/what-if", json={"milestone": saved["milestone"], "change": saved["change"]}).json()
    assert told["config_hash"] == saved["config_hash"]
    assert browser.get(f"{STUDY}/versions/{saved['number'] + 1}").status_code == 404


def test_asking_stores_nothing(browser: TestClient) -> None:
    before = browser.get(f"{STUDY}/versions").json()
    browser.post(f"{STUDY}/what-if", json=body({"caps": {"deviations": 3}})).raise_for_status()
    assert browser.get(f"{STUDY}/versions").json() == before


@pytest.mark.parametrize(("author", "reason"), [("", "B"), ("A", ""), ("  ", "B"), ("A", " \n ")])
def test_a_version_without_author_or_reason_is_refused(browser: TestClient, author: str, reason: str) -> None:
    answer = browser.post(f"{STUDY}/versions", json={**body({"caps": {"deviations": 3}}), "author": author, "reason": reason})
    assert answer.status_code == 422


def test_a_version_that_changes_nothing_is_refused(browser: TestClient) -> None:
    answer = browser.post(f"{STUDY}/versions", json={**body(), "author": "A", "reason": "B"})
    assert answer.status_code == 422
    assert "nothing differs" in answer.json()["error"]["what"]


def test_several_may_save_at_once(browser: TestClient) -> None:
    numbers: list[int] = []

    def saves(name: str) -> None:
        offer = {**body({"caps": {"deviations": 3}}), "author": name, "reason": "At once"}
        numbers.append(browser.post(f"{STUDY}/versions", json=offer).raise_for_status().json()["number"])

    threads = [threading.Thread(target=saves, args=(f"Author {number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(set(numbers)) == 4


def test_a_change_needs_our_own_page(browser: TestClient) -> None:
    del browser.headers["X-NCDM"]
    assert browser.post(f"{STUDY}/versions", json={**body({"caps": {"deviations": 3}}), "author": "A", "reason": "B"}).status_code == 403
