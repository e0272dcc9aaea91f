"""``ncdm dqi`` as a person types it, and the keys that programs rely on."""

import json
import math
import shutil
from pathlib import Path

import pytest
from tests.cli.running import Told, quickly
from tests.portfolios import deliveries, load, loaded

DONE, USAGE = 0, 2
TOP = {"snapshot", "level", "profile", "groups"}
PROFILE = {"code", "title", "version", "formula", "dimensions", "indicators", "ceilings"}
INDICATOR = {"indicator", "title", "dimension", "formula", "unit", "cap", "weight"}
PLACE = {"study", "region", "country", "site", "subject", "group"}
GROUP = PLACE | {
    "subjects",
    "dqi",
    "uncapped",
    "worst",
    "best",
    "band",
    "band_settled",
    "ceiling",
    "at_most",
    "ceiling_effect",
    "shrunken",
    "shrunken_uncapped",
    "interval",
    "not_shrunken",
    "rank",
    "rank_range",
    "ranked",
    "missing",
    "not_applicable",
    "as_of",
}
WATERFALL = PLACE | {
    "start",
    "steps",
    "uncapped",
    "ceiling",
    "at_most",
    "ceiling_effect",
    "dqi",
    "worst",
    "best",
    "band",
    "band_settled",
    "as_of",
}
STEP = {
    "indicator",
    "title",
    "dimension",
    "unit",
    "value",
    "numerator",
    "denominator",
    "cap",
    "weight",
    "points",
    "whole",
    "state",
    "reason",
}
ROW = {"indicator", "part", "measure", "row", "adds"}


def _said(*words: str, home: Path | None = None) -> str:
    """The JSON of an answer."""
    told = quickly(home or loaded(1), "dqi", *words, "--json")
    assert told.code == DONE, told
    return told.out


def _groups(*words: str, home: Path | None = None) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(_said(*words, home=home))["groups"]
    return found


def _study(*, computable: bool = True) -> str:
    return str(next(group["study"] for group in _groups() if (group["dqi"] is not None) is computable))


def _table(*words: str) -> Told:
    return quickly(loaded(1), "dqi", *words)


@pytest.mark.parametrize("level", ["study", "region", "country", "site", "subject"])
def test_the_keys_are_stable_at_every_level(level: str) -> None:
    found = json.loads(_said("--level", level))
    assert set(found) == TOP
    assert found["level"] == level
    assert set(found["profile"]) == PROFILE
    assert {frozenset(one) for one in found["profile"]["indicators"]} == {frozenset(INDICATOR)}
    assert {frozenset(one) for one in found["profile"]["ceilings"]} == {frozenset({"ceiling", "title", "at_most"})}
    assert {frozenset(group) for group in found["groups"]} == {frozenset(GROUP)}


def test_the_formula_and_its_weights_stand_beside_the_number() -> None:
    said = _table().out
    assert "100 * (1 - sum of weight * min(1, indicator / cap))" in said
    assert "edrr_issues 0.2 (cap 3)" in said


def test_a_waterfall_adds_up() -> None:
    study = _study()
    for level, group in (("study", study), *(("site", str(one["group"])) for one in _groups(study, "--level", "site"))):
        found = json.loads(_table(study, "--level", level, "--waterfall", group, "--json").out)
        assert set(found) == WATERFALL
        assert {frozenset(step) for step in found["steps"]} == {frozenset(STEP)}
        lost = [step["points"] for step in found["steps"]]
        assert math.fsum((100.0, *(-points for points in lost), -found["ceiling_effect"])) == found["dqi"]
        assert "index" in _table(study, "--level", level, "--waterfall", group).out


def test_every_indicator_opens_to_rows_that_add_up_to_its_parts() -> None:
    study = _study()
    site = max(_groups(study, "--level", "site"), key=lambda group: int(str(group["subjects"])))["group"]
    steps = json.loads(_table(study, "--level", "site", "--waterfall", str(site), "--json").out)["steps"]
    opened, ref = 0, ""
    for step in steps:
        told = _table(study, "--level", "site", "--rows", str(site), "--indicator", step["indicator"], "--json")
        rows = json.loads(told.out)
        assert {frozenset(row) for row in rows} <= {frozenset(ROW)}
        for part in {row["part"] for row in rows} - {"days"}:
            assert math.fsum(row["adds"] for row in rows if row["part"] == part) == step[part], step
            opened += 1
        ref = rows[0]["row"] if rows else ref
    assert opened > len(steps) / 2
    assert quickly(loaded(1), "cell", ref).code == DONE


def test_the_rows_that_bring_a_ceiling_about_can_be_opened() -> None:
    capped = [group for group in _groups() if group["at_most"] is not None]
    assert capped
    for group in capped:
        code = {89.9: "sae_open", 74.9: "sae_open_beyond_30_days"}[float(str(group["at_most"]))]
        rows = json.loads(_table(str(group["study"]), "--rows", str(group["study"]), "--indicator", code, "--json").out)
        assert {row["part"] for row in rows} == {"ceiling"}
        assert f"{code}: {len(rows):,} rows" in _table(str(group["study"]), "--rows", str(group["study"]), "--indicator", code).out


def test_not_computable_is_said_with_what_is_missing_and_the_bounds() -> None:
    study = _study(computable=False)
    (group,) = _groups(study)
    assert group["band"] == "not computable"
    assert (group["dqi"], group["shrunken"], group["interval"], group["rank"]) == (None, None, None, None)
    assert float(str(group["worst"])) < float(str(group["best"]))
    assert all(one["reason"] for one in group["missing"])  # type: ignore[attr-defined]
    said = _table(study).out
    assert "not computable" in said
    assert "no report" in said
    assert "?" in _table(study, "--waterfall", study).out


def test_a_removed_report_turns_every_index_to_not_computable(tmp_path: Path) -> None:
    delivery = tmp_path / "delivery"
    shutil.copytree(deliveries()[0], delivery, ignore=lambda _, names: {name for name in names if "EDRR" in name.upper()})
    load(tmp_path / "home", delivery)
    for level in ("study", "site", "subject"):
        before = _groups("--level", level)
        after = _groups("--level", level, home=tmp_path / "home")
        assert any(group["dqi"] is not None for group in before)
        assert {group["dqi"] for group in after} == {None}
        assert all("edrr_issues" in {one["indicator"] for one in group["missing"]} for group in after)  # type: ignore[attr-defined]


def test_other_weights_and_caps_give_another_index_and_say_so() -> None:
    study = _study()
    other = json.loads(_said(study, "--weights", "visits=.5,edrr_issues=0", "--caps", "deviations=1"))
    profile = {one["indicator"]: one for one in other["profile"]["indicators"]}
    assert profile["missing_visits_and_pages"]["weight"] == pytest.approx(0.3)
    assert (profile["edrr_issues"]["weight"], profile["deviations"]["cap"]) == (0, 1)
    assert sum(one["weight"] for one in profile.values()) == pytest.approx(1)
    assert other["groups"][0]["dqi"] != _groups(study)[0]["dqi"]


def test_the_documented_formula_is_for_sites() -> None:
    found = json.loads(_said(_study(), "--profile", "site_documented"))
    assert found["level"] == "site"
    assert {group["interval"] for group in found["groups"]} == {None}
    told = _table("--profile", "site_documented", "--level", "study")
    assert told.code == USAGE
    assert "not for level study" in told.err


def test_subjects_have_intervals_when_asked() -> None:
    study = _study()
    assert {group["interval"] for group in _groups(study, "--level", "subject")} == {None}
    asked = _groups(study, "--level", "subject", "--intervals")
    assert all(group["interval"] is not None for group in asked if group["dqi"] is not None)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--profile", "unheard"), "site_documented"),
        (("--level", "portfolio"), "not for level portfolio"),
        (("--weights", "visits"), "name=number"),
        (("--weights", "visits=half"), "name=number"),
        (("--weights", "visits=.1,visits=.2"), "name=number"),
        (("--weights", "unheard=.1"), "there is no dimension or indicator unheard"),
        (("--weights", "visits=.9,queries=.9"), "sum to"),
        (("--caps", "unheard=1"), "has no indicator unheard"),
        (("--caps", "deviations=0"), "not above zero"),
        (("--waterfall", "99"), "there is no study 99"),
        (("--level", "site", "--waterfall", "1"), "of which study?"),
        (("STUDY", "--level", "site", "--waterfall", "unheard"), "there is no site unheard in Study"),
        (("STUDY", "--rows", "STUDY"), "of which indicator"),
        (("STUDY", "--rows", "STUDY", "--indicator", "unheard"), "sae_open_beyond_30_days"),
        (("99",), "there is no study 99"),
        (("--as-of", "77"), "77"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_question_without_meaning_ends_with_two_and_says_what_has_one(words: tuple[str, ...], said: str) -> None:
    told = _table(*(_study() if word == "STUDY" else word for word in words))
    assert told.code == USAGE, told
    assert told.out == ""
    assert said in told.err
    assert "what to do:" in told.err


def test_an_earlier_snapshot_has_its_own_index() -> None:
    newest = json.loads(quickly(loaded(2), "dqi", "--json").out)
    earlier = json.loads(quickly(loaded(2), "dqi", "--json", "--as-of", "1").out)
    assert (newest["snapshot"], earlier["snapshot"]) == (2, 1)
    assert earlier["groups"] == _groups()
