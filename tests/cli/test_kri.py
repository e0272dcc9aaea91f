"""``ncdm kri``: signals of the loaded studies, in words, as JSON, and down to their rows."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest
from tests.cli.running import quickly
from tests.portfolios import loaded

from ncdm.commands.signalling import Compared, Comparing
from ncdm.measures.catalogue import KRIS
from ncdm.measures.scored import LEVELS, METHODS

DONE, USAGE = 0, 2
Told = Mapping[str, Any]


@cache
def _all(*options: str) -> tuple[Told, ...]:
    told = quickly(loaded(1), "kri", "--json", *options)
    assert told.code == DONE, told
    return tuple(json.loads(told.out))


def test_every_study_is_told_with_every_indicator_and_site() -> None:
    studies = json.loads(quickly(loaded(1), "studies", "--json").out)
    assert [told["study"] for told in _all()] == [line["study"] for line in studies]
    for told, line in zip(_all(), studies, strict=True):
        assert told["groups"] == len(told["totals"]) == line["sites"]
        assert [found["kri"] for found in told["kris"]] == [kri.code for kri in KRIS]
        assert all(len(found["groups"]) == line["sites"] for found in told["kris"])


def test_a_figure_has_a_score_or_a_reason() -> None:
    states = set()
    for told in _all():
        for found in told["kris"]:
            for group in found["groups"]:
                states.add(group["state"])
                assert (group["state"] == "ok") == (group["reason"] is None) == (group["Flag"] is not None) == (group["Score"] is not None)
                if group["Metric"] is not None:
                    assert group["Metric"] == pytest.approx(group["Numerator"] / group["Denominator"])
    assert states <= {"ok", "below_accrual", "insufficient_information", "no_denominator", "unknown"}


def test_a_study_without_cpid_says_no_denominator() -> None:
    lines = json.loads(quickly(loaded(1), "studies", "--json").out)
    without = {line["study"] for line in lines if line["reports"]["cpid"] != "present"}
    for told in _all():
        (queries,) = [found for found in told["kris"] if found["kri"] == "op01"]
        assert ({group["state"] for group in queries["groups"]} == {"no_denominator"}) == (told["study"] in without)


def test_the_figures_of_a_site_are_the_sums_of_its_rows() -> None:
    """Every indicator once, each at the first site that has something in its denominator."""
    asked: dict[str, tuple[str, Told]] = {}
    for told in _all():
        for found in told["kris"]:
            for group in found["groups"]:
                if group["Denominator"]:
                    asked.setdefault(found["kri"], (told["study"], group))
    assert len(asked) > 15
    for kri, (study, group) in asked.items():
        rows = json.loads(quickly(loaded(1), "kri", study, "--kri", kri, "--rows", group["GroupID"], "--json").out)
        for part, name in (("numerator", "Numerator"), ("denominator", "Denominator")):
            assert sum(row["adds"] for row in rows if row["part"] == part and row["kri"] == kri) == group[name], (study, kri, group)


def test_one_indicator_is_chosen_by_its_code_or_by_how_it_begins() -> None:
    assert [found["kri"] for found in _all("--kri", "op01")[0]["kris"]] == ["op01"]
    assert [found["kri"] for found in _all("--kri", "op10")[0]["kris"]] == ["op10_names", "op10_ranges"]
    assert [found["kri"] for found in _all("--kri", "op14_dm")[0]["kris"]] == ["op14_dm"]


def test_q_does_not_depend_on_which_indicator_is_shown() -> None:
    (alone,) = _all("--kri", "op01")[0]["kris"]
    (among,) = [found for found in _all()[0]["kris"] if found["kri"] == "op01"]
    assert alone == among


def test_the_help_offers_what_is_taken_and_nothing_else() -> None:
    assert [str(one) for one in Compared] == [str(one) for one in LEVELS]
    assert [str(one) for one in Comparing] == [str(one) for one in METHODS]
    told = " ".join(quickly(loaded(1), "kri", "--help").out.split())
    assert "<site|country>" in told
    assert "<calibrated|gsm-normal|gsm-poisson|fisher>" in told


def test_countries_and_other_methods_are_asked_the_same_way() -> None:
    for told in _all("--level", "country"):
        assert told["level"] == "country"
    for method in ("gsm-normal", "gsm-poisson", "fisher"):
        assert {told["method"] for told in _all("--method", method)} == {method}


def test_the_smallest_ratio_that_would_be_noticed_comes_when_asked_for() -> None:
    assert "detectable_up" not in _all("--kri", "op04")[0]["kris"][0]["groups"][0]
    seen = [
        group["detectable_up"]
        for told in _all("--kri", "op04", "--detectable")
        for group in told["kris"][0]["groups"]
        if group["detectable_up"] is not None
    ]
    assert seen
    assert min(seen) > 1


def test_people_are_told_how_many_sites_are_flagged_and_how_many_chance_would() -> None:
    told = quickly(loaded(1), "kri")
    assert told.code == DONE
    for of_study in _all():
        assert f"{of_study['study']}: {of_study['groups_flagged']} of {of_study['groups']} sites flagged" in told.out
    assert "chance alone would raise about" in told.out
    listed = quickly(loaded(1), "kri", _all()[0]["study"], "--kri", "op04")
    assert all(group["GroupID"] in listed.out for group in _all("--kri", "op04")[0]["kris"][0]["groups"])


def test_rows_as_a_table_name_their_count() -> None:
    study = _all()[0]
    group = next(group["GroupID"] for group in study["kris"][4]["groups"] if group["Denominator"])
    told = quickly(loaded(1), "kri", study["study"], "--kri", study["kris"][4]["kri"], "--rows", group)
    assert told.code == DONE
    assert "pages_entered" in told.out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--kri", "op99"), "there is no indicator op99"),
        (("--level", "subject"), "is not one of 'site', 'country'"),
        (("--method", "reporting"), "is not one of 'calibrated', 'gsm-normal', 'gsm-poisson', 'fisher'"),
        (("--rows", "Site 1"), "which study"),
        (("STUDY", "--kri", "op01", "--rows", "Site 99999"), "there is no group"),
        (("Study 99999",), "there is no study"),
    ],
)
def test_a_question_without_meaning_says_what_to_ask(options: tuple[str, ...], said: str) -> None:
    words = [_all()[0]["study"] if word == "STUDY" else word for word in options]
    told = quickly(loaded(1), "kri", *words)
    assert told.code == USAGE
    assert said in " ".join(told.err.split())
