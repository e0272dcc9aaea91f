"""``ncdm clean``: its keys, its questions without meaning, and that its counts are those of its parts."""

import json
from pathlib import Path

import pytest
from tests.cli.running import quickly
from tests.portfolios import loaded

DONE, WRONG = 0, 2
STANDING = {
    "members",
    "clean",
    "unclean",
    "unknown",
    "not_applicable",
    "clean_pct",
    "clean_pct_interval",
    "clean_on_submitted_pct",
    "clean_on_submitted_pct_interval",
}
STUDY = STANDING | {"by_status", "criteria", "queue", "freed_by_owner", "freed_by_site", "blockers", "readiness"}
SUBJECT = {"study", "site", "subject", "status", "gates", "outcome", "progress", "criteria", "blockers"}
BLOCKER = {"criterion", "row_ref", "state", "owner", "owner_source", "days", "urgency", "next_action"}


def _clean(*words: str) -> dict[str, object]:
    told = quickly(loaded(1), "clean", *words, "--json")
    assert told.code == DONE, told
    found: dict[str, object] = json.loads(told.out)
    return found


def test_the_keys_are_stable_and_the_strata_add_up() -> None:
    found = json.loads(quickly(loaded(1), "clean", "--json").out)
    assert set(found) == {"snapshot", "as_of", "milestone", "gates", "studies"}
    assert found["studies"]
    for study in found["studies"].values():
        assert set(study) == STUDY
        for name in ("members", "clean", "unclean", "unknown", "not_applicable"):
            assert study[name] == sum(stratum[name] for stratum in study["by_status"].values())
        for criterion in study["criteria"].values():
            assert sum(criterion[outcome] for outcome in ("pass", "fail", "not_applicable", "unknown")) == study["members"]
            assert bool(criterion["reasons"]) == bool(criterion["unknown"])
        assert sum(study["freed_by_owner"].values()) == sum(study["freed_by_site"].values()) == len(study["queue"])


def test_every_blocker_of_a_subject_opens_to_its_cell() -> None:
    studies = json.loads(quickly(loaded(1), "clean", "--json").out)["studies"]
    study, step = next((name, told["queue"][0]) for name, told in studies.items() if told["queue"])
    found = json.loads(quickly(loaded(1), "clean", study, "--subject", step["subject"], "--json").out)
    assert set(found) == SUBJECT
    assert found["outcome"] == "fail"
    assert found["blockers"]
    assert {frozenset(blocker) for blocker in found["blockers"]} == {frozenset(BLOCKER)}
    assert {blocker["criterion"] for blocker in found["blockers"]} >= {step["criterion"]}
    assert quickly(loaded(1), "cell", found["blockers"][0]["row_ref"]).code == DONE


def test_a_milestone_of_ones_own_has_its_gates() -> None:
    assert _clean("--gates", "v,q")["gates"] == ["V", "Q"]
    assert _clean("--milestone", "ongoing_review")["gates"] == ["V", "P", "Q", "C", "R", "S", "E"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--gates", "V,XX"), "there is no criterion XX"),
        (("--gates", ""), "there is no criterion"),
        (("--milestone", "next_year"), "there is no milestone next_year"),
        (("--subject", "5"), "a subject is asked for without its study"),
        (("99999",), "99999"),
    ],
)
def test_a_question_without_meaning_says_what_has_one(words: tuple[str, ...], said: str) -> None:
    told = quickly(loaded(1), "clean", *words)
    assert told.code == WRONG
    assert said in told.err


def test_members_may_be_listed(tmp_path: Path) -> None:
    studies = json.loads(quickly(loaded(1), "clean", "--json").out)["studies"]
    study, step = next((name, told["queue"][0]) for name, told in studies.items() if told["queue"])
    listed = tmp_path / "members.csv"
    listed.write_text(f"population,subject\nITT,{step['subject']}\n", encoding="utf-8")
    told = json.loads(quickly(loaded(1), "clean", study, "--members", str(listed), "--json").out)["studies"][study]["readiness"]
    assert (told[0]["population"], told[0]["members_by"], told[0]["members"]) == ("ITT", "list", 1)
    listed.write_text("population,subject\nITT,Nobody\n", encoding="utf-8")
    wrong = quickly(loaded(1), "clean", study, "--members", str(listed))
    assert (wrong.code, "Nobody" in wrong.err) == (WRONG, True)
