"""``ncdm trend``, ``features`` and ``forecast``: their JSON, their words, and what they refuse."""

import json
import re
from pathlib import Path

import pytest
from tests.cli.running import quickly
from tests.portfolios import loaded

from ncdm.commands.trending import NOTHING
from ncdm.measures.catalogue import MEASURES

STUDY = "52"
WITHOUT_SUBJECT_SHEET = "83"


def said(*words: str, weeks: int = 3) -> dict[str, object]:
    told = quickly(loaded(weeks), *words, "--json")
    assert told.code == 0, told.err
    found = json.loads(told.out, parse_constant=lambda word: pytest.fail(f"{word} is no JSON"))
    assert isinstance(found, dict)
    return found


def test_a_trend_has_its_keys() -> None:
    found = said("trend", STUDY)
    assert set(found) == {"study", "snapshots", "query_velocity", "measures"}
    assert [line["snapshot"] for line in found["snapshots"]] == [1, 2, 3]  # type: ignore[attr-defined]
    assert {"code", "title", "unit", "trend", "sites", "drift", "study_id"} == set(found["measures"][0])  # type: ignore[index]
    velocity = found["query_velocity"]
    assert {"study", "sites", "before", "after", "day_before", "day_after", "reason", "note", "study_id"} == set(velocity)  # type: ignore[call-overload]
    assert {"opened", "closed", "net", "low", "high", "pace", "days_to_clear"} <= set(velocity["study"]["velocity"])  # type: ignore[index]


def test_what_does_not_apply_is_a_dash_with_its_word_and_only_the_unknown_is_a_question() -> None:
    measures = said("trend", WITHOUT_SUBJECT_SHEET, weeks=1)["measures"]
    assert isinstance(measures, list)
    told = quickly(loaded(1), "trend", WITHOUT_SUBJECT_SHEET).out
    lines = {cells[0]: cells for cells in (re.split(r" {2,}", line) for line in told.splitlines())}
    lines["Outstanding queries"] = lines["Outstanding queries (subject sheet)"]
    marks = {"known": 0, "not applicable": 0, "unknown": 0}
    for measure in measures:
        (point,) = measure["trend"]["points"]
        _title, _unit, last, change, week, why, *_ = lines[measure["title"]]
        assert (change, week) == (("?", "?") if point["state"] == "unknown" else (NOTHING, NOTHING)), measure["code"]
        assert (last == "?", last == NOTHING) == (
            point["value"] is None and point["state"] == "unknown",
            point["state"] == "not applicable",
        ), measure["code"]
        assert why.startswith("not applicable: ") == (point["state"] == "not applicable"), measure["code"]
        marks[point["state"]] = marks.get(point["state"], 0) + 1
    assert min(marks.values()) > 0, marks


def test_outstanding_queries_say_which_sheet_they_are_from() -> None:
    told = quickly(loaded(3), "trend", STUDY).out
    assert "by the query sheet" in next(line for line in told.splitlines() if line.startswith("Queries of"))
    assert [line.split("  ")[0] for line in told.splitlines() if line.startswith("Outstanding queries")] == [
        "Outstanding queries (subject sheet)",
        "Outstanding queries per page",
    ]


def test_one_measure_comes_with_its_sites() -> None:
    measures = said("trend", STUDY, "--measure", "deviation_rate")["measures"]
    assert isinstance(measures, list)
    assert len(measures) == 1
    measure = measures[0]
    assert measure["code"] == "deviation_rate"
    assert measure["sites"]
    assert "fewer than 5 groups" in measure["drift"]["reason"]


@pytest.mark.parametrize("words", [("trend",), ("features",), ("forecast",)])
def test_people_read_tables(words: tuple[str, ...]) -> None:
    told = quickly(loaded(3), *words, STUDY)
    assert told.code == 0
    assert "Study 52" in told.out


def test_one_snapshot_says_so() -> None:
    assert "not computable, no earlier snapshot" in quickly(loaded(1), "trend", STUDY).out
    assert "No forecast for Study 52: no earlier snapshot." in quickly(loaded(1), "forecast", STUDY).out
    assert "not computable, no earlier snapshot" in quickly(loaded(3), "trend", STUDY, "--as-of", "1").out
    assert "not computable, no earlier snapshot" in quickly(loaded(3), "trend", STUDY, "--last", "1").out


def test_features_and_forecast_have_their_keys_and_definitions() -> None:
    features = said("features", STUDY, "--endpoint", "Form 1")
    assert set(features) == {"features", "definitions"}
    assert {"velocity", "density", "inactivation", "composite", "visit_offenders", "hot_spots", "index"} <= set(features["features"])  # type: ignore[call-overload]
    forecast = said("forecast", STUDY, "--milestone", "ongoing_review", "--by", "2026-06-30", "--share", "0.8")
    assert set(forecast) == {"forecast", "definition"}
    told = forecast["forecast"]
    assert {"gates", "as_things_go", "nothing_new", "gains", "reason", "start", "subjects", "clean_now"} <= set(told)  # type: ignore[call-overload]
    assert told["as_things_go"]["by"]["day"] == "2026-06-30"  # type: ignore[index]
    assert told["gains"]["target"] == 0.8  # type: ignore[index]


@pytest.mark.parametrize(
    "words",
    [
        ("trend", STUDY, "--measure", "query_rat"),
        ("trend", "999"),
        ("features", "999"),
        ("forecast", STUDY, "--milestone", "lock"),
        ("forecast", STUDY, "--by", "soon"),
        ("forecast", STUDY, "--by", "2020-01-01"),
        ("forecast", STUDY, "--share", "2"),
    ],
)
def test_a_question_without_meaning_ends_with_2_and_says_what_to_do(words: tuple[str, ...]) -> None:
    told = quickly(loaded(3), *words)
    assert told.code == 2
    assert "what to do" in told.err


def test_a_wrong_measure_is_told_the_five_nearest_and_where_all_are() -> None:
    todo = quickly(loaded(3), "trend", STUDY, "--measure", "quack").err.partition("what to do: ")[2]
    near = todo.partition("The nearest are ")[2].partition(". ")[0].split(", ")
    assert len(near) == 5
    assert set(near) <= {"query_velocity", *MEASURES}
    assert "ncdm explain" in todo
    assert len(todo) < 300


def test_without_a_data_folder_there_is_no_past(tmp_path: Path) -> None:
    told = quickly(tmp_path / "home", "trend", STUDY)
    assert told.code == 2
    assert "no data folder" in told.err
