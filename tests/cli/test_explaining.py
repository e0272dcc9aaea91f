"""``ncdm explain`` and ``ncdm measure``: what a number means, what cannot be had, the numbers and the rows behind them."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.cli.running import Told, quickly
from tests.portfolios import loaded

from ncdm.commands.explaining import definition
from ncdm.measures.catalogue import MEASURES
from ncdm.measures.defined import DEFINED
from ncdm.measures.measure import Count
from ncdm.measures.not_computable import NOT_COMPUTABLE

DONE, USAGE = 0, 2


def told(*words: str) -> Told:
    return quickly(loaded(1), *words)


def said(*words: str) -> Any:  # noqa: ANN401 - JSON may be anything
    answer = told(*words, "--json")
    assert answer.code == DONE, answer
    return json.loads(answer.out)


def a_study(*, with_cpid: bool = True) -> str:
    return str(next(line["study"] for line in said("studies") if (line["reports"]["cpid"] == "present") is with_cpid))


def test_everything_is_listed_that_can_and_that_cannot_be_computed() -> None:
    answer = told("explain")
    assert answer.code == DONE
    for code in (*DEFINED, *(line.code for line in NOT_COMPUTABLE)):
        assert code in answer.out, code
    listed = said("explain")
    assert [line["code"] for line in listed["measures"]] == list(DEFINED)
    assert {line["code"] for line in listed["not_computable"]} == {line.code for line in NOT_COMPUTABLE}


def test_no_two_declarations_share_a_code() -> None:
    codes = [*DEFINED, *(line.code for line in NOT_COMPUTABLE)]
    assert len({code.lower() for code in codes}) == len(codes)


@pytest.mark.parametrize("code", DEFINED)
def test_everything_declared_is_explained_from_what_to_limits(code: str) -> None:
    entry = definition(DEFINED[code])
    for key in ("code", "title", "unit", "what", "why", "formula", "source", "example", "limits"):
        assert entry[key], key


@pytest.mark.parametrize("code", ["coded_rate", "OPEN_QUERIES", "op01", "Q", "sig", "site_response_time", "dqi_default"])
def test_a_code_in_any_letters_is_explained_whole(code: str) -> None:
    entry = said("explain", code)
    answer = told("explain", code)
    for key in ("title", "what", "why", "formula", "source", "example", "limits"):
        assert entry[key] in answer.out


@pytest.mark.parametrize(("code", "command"), [("op01", "kri"), ("Q", "clean"), ("dqi_default", "dqi")])
def test_what_is_no_measure_names_the_command_of_its_values(code: str, command: str) -> None:
    answer = told("measure", code)
    assert answer.code == USAGE
    assert f"ncdm {command} " in answer.err


def test_a_ratio_says_what_is_divided_by_what() -> None:
    entry = said("explain", "verified_rate")
    assert entry["numerator"] == ["sdv_verified"]
    assert set(entry["denominator"]) == {"sdv_verified", "sdv_required"}


def test_what_cannot_be_computed_says_what_would_be_needed() -> None:
    entry = said("explain", "coding_age")
    assert entry["not computable"]
    assert entry["needed"]
    answer = told("measure", "coding_age")
    assert answer.code == USAGE
    assert entry["not computable"] in answer.err
    assert entry["needed"] in answer.err


@pytest.mark.parametrize("command", ["explain", "measure"])
def test_a_misspelt_measure_is_answered_with_the_nearest(command: str) -> None:
    answer = told(command, "open_querys")
    assert answer.code == USAGE
    assert answer.out == ""
    assert "open_queries" in answer.err


def test_values_have_state_reason_and_parts() -> None:
    found = said("measure", "verified_rate")
    assert found["level"] == "study"
    for value in found["values"]:
        if value["state"] == "known":
            assert value["value"] == value["numerator"] / value["denominator"]
            assert value["as_of"]
        else:
            assert value["value"] is None
            assert value["reason"]


def test_a_study_without_cpid_has_a_question_mark_and_its_reason() -> None:
    answer = told("measure", "outstanding_queries", a_study(with_cpid=False))
    assert "?" in answer.out
    assert "unknown" in answer.out
    assert "no report CPID" in answer.out


@pytest.mark.parametrize("level", ["subject", "site", "country", "region", "study", "portfolio"])
def test_every_level_has_values(level: str) -> None:
    answer = told("measure", "missing_visits", "--level", level)
    assert answer.code == DONE
    assert len(answer.out.splitlines()) > 2


def test_the_rows_of_a_group_add_up_to_its_value() -> None:
    study = a_study()
    value = max(said("measure", "pages_entered", study, "--level", "site")["values"], key=lambda value: value["value"] or 0)
    (part,) = said("measure", "pages_entered", study, "--level", "site", "--group", value["site"], "--rows")
    assert sum(row["amount"] for row in part["refs"]) == value["value"]
    assert part["rows"] == len(part["refs"])
    opened = told("cell", part["refs"][0]["ref"])
    assert opened.code == DONE


def test_the_rows_of_a_ratio_are_those_of_its_parts() -> None:
    parts = said("measure", "verified_rate", a_study(), "--rows")
    assert (parts[0]["part"], parts[0]["measure"]) == ("numerator", "sdv_verified")
    assert {part["part"] for part in parts} == {"numerator", "denominator"}
    answer = told("measure", "verified_rate", a_study(), "--rows")
    assert "numerator: sdv_verified" in answer.out
    assert "ncdm cell" in answer.out


def test_a_count_is_told_by_what_its_rows_say() -> None:
    study = a_study()
    (value,) = said("measure", "open_queries", study)["values"]
    (part,) = said("measure", "open_queries", study, "--by", "form_label")
    assert sum(line["amount"] for line in part["values"]) == value["value"]
    assert told("measure", "open_queries", study, "--by", "form_label").code == DONE


@pytest.mark.parametrize(
    "words",
    [
        ("measure", "open_queries", "99"),
        ("measure", "open_queries", "--level", "nothing"),
        ("measure", "open_queries", "--group", "Nowhere"),
        ("measure", "open_queries", "--level", "site", "--rows"),
        ("measure", "open_queries", "--by", "unheard"),
        ("measure", "open_query_age", "--by", "form_label"),
        ("measure",),
    ],
    ids=" ".join,
)
def test_a_question_without_meaning_ends_with_two(words: tuple[str, ...]) -> None:
    answer = told(*words)
    assert answer.code == USAGE, answer
    assert answer.out == ""


def test_a_measure_of_nothing_loaded_says_what_to_do(tmp_path: Path) -> None:
    answer = quickly(tmp_path / "home", "measure", "open_queries")
    assert answer.code == USAGE
    assert "ncdm ingest" in answer.err


def test_every_count_can_be_asked_for_by_its_code() -> None:
    for code, measure in list(MEASURES.items())[::25]:
        answer = told("measure", code)
        assert answer.code == DONE, code
        assert measure.title in answer.out
    assert any(isinstance(measure, Count) for measure in MEASURES.values())
