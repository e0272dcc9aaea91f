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
    "clean_pct_if_unknown",
    "clean_pct_if_unknown_interval",
    "clean_on_submitted_pct",
    "clean_on_submitted_pct_interval",
    "clean_on_submitted_pct_if_unknown",
    "clean_on_submitted_pct_if_unknown_interval",
}
HEAD = {"snapshot", "as_of", "milestone", "title", "gates", "studies"}
QUEUE = {"queue", "freed_by_owner", "freed_by_site"}
STUDY = STANDING | QUEUE | {"gates", "by_status", "criteria", "shown", "blockers", "readiness"}
CRITERION = {"title", "pass", "fail", "not_applicable", "unknown", "reasons", "rejected_lines"}
STEP = {"subject", "site", "criterion", "items", "days", "urgency", "owner", "owner_source"}
LOAD = {"criterion", "owner", "owner_source", "age", "items", "subjects"}
READINESS = {
    "population",
    "target_pct",
    "members_by",
    "answer",
    "members",
    "perhaps",
    "clean",
    "unknown",
    "clean_pct_interval",
    "clean_pct_if_unknown",
    "clean_pct_if_unknown_interval",
    "why",
    "deciding",
}
SUBJECT = {"study", "site", "subject", "status", "gates", "outcome", "progress", "criteria", "blockers"}
BLOCKER = {"criterion", "row_ref", "state", "owner", "owner_source", "days", "urgency", "next_action"}


def _clean(*words: str) -> dict[str, object]:
    told = quickly(loaded(1), "clean", *words, "--json")
    assert told.code == DONE, told
    found: dict[str, object] = json.loads(told.out)
    return found


def test_the_keys_are_stable_and_the_strata_add_up() -> None:
    found = json.loads(quickly(loaded(1), "clean", "--json").out)
    assert set(found) == HEAD
    assert found["studies"]
    for study in found["studies"].values():
        assert set(study) == STUDY
        for name in ("members", "clean", "unclean", "unknown", "not_applicable"):
            assert study[name] == sum(stratum[name] for stratum in study["by_status"].values())
        assert {frozenset(step) for step in study["queue"]} <= {frozenset(STEP)}
        assert {frozenset(load) for load in study["blockers"]} <= {frozenset(LOAD)}
        assert {frozenset(one) for one in study["readiness"]} == {frozenset(READINESS)}
        assert set(study["shown"]["counts"]) == {"frozen_pages", "unfreeze_events", "locked_pages", "unlock_events"}
        for criterion in study["criteria"].values():
            assert set(criterion) == CRITERION
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


def test_a_milestone_in_a_file_may_differ_from_study_to_study(tmp_path: Path) -> None:
    studies = list(json.loads(quickly(loaded(1), "clean", "--json").out)["studies"])
    file = tmp_path / "dry run.toml"
    file.write_text(f'title = "Dry run"\ngates = ["V", "Q"]\nshown = ["SIG"]\n[studies."{studies[0]}"]\ngates = ["V"]\n', encoding="utf-8")
    found = json.loads(quickly(loaded(1), "clean", "--milestone", str(file), "--json").out)
    assert (found["milestone"], found["title"], found["gates"]) == ("own", "Dry run", ["V", "Q"])
    assert found["studies"][studies[0]]["gates"] == ["V"]
    assert set(found["studies"][studies[0]]["shown"]["criteria"]) == {"SIG"}


@pytest.mark.parametrize("gates", ["V", "P", "V,P", "E", "SIG"])
def test_any_gates_have_an_answer(gates: str) -> None:
    assert set(_clean("--gates", gates)) == HEAD
    assert quickly(loaded(1), "clean", "--gates", gates).code == DONE


def _a_stratum() -> tuple[str, str, dict[str, dict[str, int]]]:
    """A study, one of its statuses that not all of its subjects have, and the standing of each status."""
    studies = json.loads(quickly(loaded(1), "clean", "--json").out)["studies"]
    study, told = next((name, one) for name, one in studies.items() if len(one["by_status"]) > 1)
    return study, next(iter(told["by_status"])), told["by_status"]


def test_a_status_narrows_everything_but_readiness() -> None:
    study, status, strata = _a_stratum()
    found = json.loads(quickly(loaded(1), "clean", study, "--status", status.upper(), "--json").out)["studies"][study]
    assert {key: found[key] for key in STANDING} == strata[status]
    assert set(found["by_status"]) == {status}
    for load in found["blockers"]:
        assert load["subjects"] <= found["members"]
    told = quickly(loaded(1), "clean", study, "--status", status).out
    assert status in told
    assert not [other for other in strata if other != status and f"  {other}  " in told]


def test_a_status_that_nobody_has_is_refused_with_those_there_are() -> None:
    study, status, _strata = _a_stratum()
    told = quickly(loaded(1), "clean", study, "--status", "Elsewhere")
    assert (told.code, told.out) == (WRONG, "")
    assert "no subject has the status Elsewhere" in told.err
    assert status in told.err


def test_the_queue_alone_is_the_whole_queue() -> None:
    whole = json.loads(quickly(loaded(1), "clean", "--json").out)["studies"]
    found = json.loads(quickly(loaded(1), "clean", "--queue", "--json").out)["studies"]
    assert found == {study: {key: told[key] for key in QUEUE} for study, told in whole.items()}
    told = quickly(loaded(1), "clean", "--queue").out
    for study in whole.values():
        for step in study["queue"]:
            assert step["subject"] in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--gates", "V,XX"), "there is no criterion XX"),
        (("--gates", ""), "no criterion is given"),
        (("--milestone", "next_year"), "there is no milestone next_year"),
        (("--milestone", "not there.toml"), "the milestone cannot be read"),
        (("--members", "not there.csv"), "members are given for no single study"),
        (("--subject", "5"), "a subject is asked for without its study"),
        (("99999",), "99999"),
    ],
)
def test_a_question_without_meaning_says_what_has_one(words: tuple[str, ...], said: str) -> None:
    told = quickly(loaded(1), "clean", *words)
    assert told.code == WRONG
    assert said in told.err


def test_a_file_of_members_that_is_not_there_says_what_where_and_what_to_do(tmp_path: Path) -> None:
    study = next(iter(json.loads(quickly(loaded(1), "clean", "--json").out)["studies"]))
    told = quickly(loaded(1), "clean", study, "--members", str(tmp_path / "none.csv"))
    assert told.code == WRONG
    assert "the file of the members cannot be read: there is no such file" in told.err
    assert f"where: {tmp_path / 'none.csv'}" in told.err
    assert "what to do: Give the path of a CSV file in UTF-8 with the columns population and subject." in told.err
    assert "Errno" not in told.err


def test_where_subjects_are_unknown_the_share_is_a_range_and_says_so() -> None:
    """A study without the subject sheet: none may be clean, or all of whom nothing bad is known. Of one with it nobody is unknown."""
    alone = _clean("83")["studies"]["Study 83"]  # type: ignore[index]
    told = quickly(loaded(1), "clean", "83").out
    assert f"  0.0 to {100 * alone['unknown'] / alone['members']:.1f} (0.0 to " in told
    assert "% is a range" in told
    assert "% is a range" not in quickly(loaded(1), "clean", "52").out


def test_members_may_be_listed(tmp_path: Path) -> None:
    studies = json.loads(quickly(loaded(1), "clean", "--json").out)["studies"]
    study, step = next((name, told["queue"][0]) for name, told in studies.items() if told["queue"])
    listed = tmp_path / "members.csv"
    listed.write_text(f"population,subject\nITT,{step['subject']}\n", encoding="utf-8")
    told = json.loads(quickly(loaded(1), "clean", study, "--members", str(listed), "--json").out)["studies"][study]["readiness"]
    assert (told[0]["population"], told[0]["members_by"], told[0]["members"]) == ("ITT", "list", 1)
    shown = quickly(loaded(1), "clean", study, "--members", str(listed)).out
    assert "0 of 1 are clean" in shown, "the tables answer about the listed members too"
    listed.write_text("who\nITT\n", encoding="utf-8")
    assert "no columns population and subject" in quickly(loaded(1), "clean", study, "--members", str(listed)).err
    listed.write_text("population,subject\nITT,Nobody\n", encoding="utf-8")
    wrong = quickly(loaded(1), "clean", study, "--members", str(listed))
    assert (wrong.code, "Nobody" in wrong.err) == (WRONG, True)


def test_the_document_names_every_key() -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "how-to" / "see-who-is-clean.md").read_text(encoding="utf-8")
    keys = HEAD | STUDY | CRITERION | STEP | LOAD | READINESS | SUBJECT | BLOCKER | {"criteria", "counts", "progress", "score", "gate"}
    assert sorted(key for key in keys if f"`{key}`" not in text) == []
