"""``ncdm stats kri``: a statistician's own table in, gsm's figures out."""

import csv
import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats
from tests.cli.running import Told, quickly, typed

DONE, USAGE, REFUSED = 0, 2, 3
Entry = Mapping[str, Any]
GSM = ("GroupID", "Numerator", "Denominator", "Metric", "Score", "Flag")


def _asked(file: Path, *options: str) -> Told:
    return quickly(file.parent, "stats", "kri", str(file), *options)


def _entries(file: Path, *options: str) -> dict[str, Entry]:
    told = _asked(file, *options, "--json")
    assert told.code == DONE, told
    return {entry["GroupID"]: entry for entry in json.loads(told.out)}


def _csv(folder: Path, rows: Sequence[Sequence[object]], header: Sequence[str] = ("GroupID", "Numerator", "Denominator")) -> Path:
    file = folder / "table.csv"
    with file.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([header, *rows])
    return file


@pytest.fixture(scope="module")
def anchors() -> Path:
    """The reference inputs."""
    folder = Path(__file__).parents[2].parent / "shared" / "data" / "anchors"
    if not folder.exists():
        pytest.skip(f"the reference inputs are not at {folder}")
    return folder


@pytest.fixture
def sites(tmp_path: Path) -> tuple[Path, dict[str, tuple[float, float]]]:
    """Forty invented sites of 1 to 6 subjects each, one without any exposure, and what their lines add up to."""
    draw = np.random.default_rng(7)
    rows: list[tuple[str, int, int]] = []
    for site in range(40):
        for _ in range(draw.integers(1, 7)):
            days = int(draw.integers(0, 200)) if site else 0
            rows.append((f"S{site:02}", int(draw.poisson(0.08 * days * draw.gamma(4, 0.25))) if days else 0, days))
    draw.shuffle(rows)
    totals: dict[str, tuple[float, float]] = {}
    for name, events, days in rows:
        before = totals.get(name, (0, 0))
        totals[name] = (before[0] + events, before[1] + days)
    return _csv(tmp_path, rows), totals


def _flag(score: float, thresholds: Sequence[float], flags: Sequence[int]) -> int:
    return flags[sum(score >= threshold for threshold in thresholds)]


def _with_exposure(totals: Mapping[str, tuple[float, float]]) -> list[tuple[str, float, float]]:
    return [(name, x, d) for name, (x, d) in sorted(totals.items()) if d > 0]


# -- gsm's figures


def test_the_published_sample_gives_the_published_scores(anchors: Path) -> None:
    wanted = json.loads((anchors / "anchors.json").read_text(encoding="utf-8"))["gsm_rate"]
    found = _entries(anchors / wanted["input"], "--method", "gsm-normal", "--thresholds=-2,-1,2,3", "--accrual", "Denominator>=30")
    assert len(found) == 145
    assert Counter("NA" if entry["Flag"] is None else str(entry["Flag"]) for entry in found.values()) == wanted["flag_counts"]
    for group, numerator, denominator, score, flag in wanted["rows"]:
        entry = found[group]
        assert (entry["Numerator"], entry["Denominator"], entry["Flag"]) == (numerator, denominator, flag)
        assert entry["Score"] == (None if score is None else pytest.approx(score, rel=1e-9))
        assert entry["OverallMetric"] == pytest.approx(wanted["mu"], rel=1e-12)
        assert entry["Factor"] == pytest.approx(wanted["phi"], rel=1e-12)


@pytest.mark.parametrize("kind", ["rate", "binary"])
def test_normal_approximation_is_the_formula_written_out(sites: tuple[Path, dict[str, tuple[float, float]]], kind: str) -> None:
    file, totals = sites
    found = _entries(file, "--method", "gsm-normal", "--kind", kind, "--accrual", "Numerator>=3")
    groups = _with_exposure(totals)
    mu = sum(x for _, x, _ in groups) / sum(d for _, _, d in groups)
    plain = [(x / d - mu) / math.sqrt((mu if kind == "rate" else mu * (1 - mu)) / d) for _, x, d in groups]
    phi = sum(z * z for z in plain) / len(plain)
    for (name, x, _), z in zip(groups, plain, strict=True):
        score = z / math.sqrt(phi)
        assert found[name]["Score"] == (pytest.approx(score, rel=1e-9) if x >= 3 else None)
        assert found[name]["Flag"] == (_flag(score, (-3, -2, 2, 3), (-2, -1, 0, 1, 2)) if x >= 3 else None)
        assert found[name]["state"] == ("scored" if x >= 3 else "below_accrual")


def test_poisson_scores_are_signed_deviance_residuals(sites: tuple[Path, dict[str, tuple[float, float]]]) -> None:
    file, totals = sites
    found = _entries(file, "--method", "gsm-poisson", "--thresholds=-5,5")
    groups = _with_exposure(totals)
    rate = sum(x for _, x, _ in groups) / sum(d for _, _, d in groups)
    for name, x, d in groups:
        mean = rate * d
        deviance = 2 * ((x * math.log(x / mean) if x else 0.0) - (x - mean))
        score = math.copysign(math.sqrt(max(deviance, 0)), x - mean)
        assert found[name]["Score"] == pytest.approx(score, rel=1e-9, abs=1e-9)
        assert found[name]["Flag"] == _flag(score, (-5, 5), (-1, 0, 1))


def test_fisher_scores_are_exact_p_values(tmp_path: Path) -> None:
    counts = [("a", 6, 100), ("b", 8, 50), ("c", 10, 300), ("d", 0, 20), ("e", 30, 60)]
    found = _entries(_csv(tmp_path, counts), "--method", "fisher", "--kind", "binary")
    for name, x, n in counts:
        others = sum(other for who, other, _ in counts if who != name)
        rest = sum(size for who, _, size in counts if who != name)
        p = stats.fisher_exact(np.array([[rest - others, n - x], [others, x]])).pvalue
        assert found[name]["Score"] == found[name]["p"] == pytest.approx(p, rel=1e-9)
        assert found[name]["Flag"] == _flag(p, (0.01, 0.05), (2, 1, 0))


def test_published_fisher_p_values(anchors: Path, tmp_path: Path) -> None:
    wanted = json.loads((anchors / "anchors.json").read_text(encoding="utf-8"))["fisher"]
    rows = list(zip("abc", wanted["numerator"], wanted["denominator"], strict=True))
    found = _entries(_csv(tmp_path, rows), "--method", "fisher")
    assert [found[name]["Score"] for name in "abc"] == pytest.approx(wanted["p"], abs=wanted["tol"])


def test_identity_takes_the_metric_and_flags_may_be_named(anchors: Path, tmp_path: Path) -> None:
    wanted = json.loads((anchors / "anchors.json").read_text(encoding="utf-8"))["flag_identity"]
    rows = [(f"g{place}", round(score * 100), 100) for place, score in enumerate(wanted["scores"])]
    told = _entries(_csv(tmp_path, rows), "--method", "identity", "--thresholds=.85,.9", "--flags=2,1,0")
    assert [told[name]["Flag"] for name, _, _ in rows] == wanted["expected"]
    assert [told[name]["Score"] for name, _, _ in rows] == wanted["scores"]
    by_count = _entries(tmp_path / "table.csv", "--method", "identity", "--score", "Numerator", "--thresholds=20,60")
    assert [by_count[name]["Flag"] for name, _, _ in rows] == [0, 1, 1, 2, 2, 2, 2, 2, 2]


def test_scores_on_thresholds_go_up(anchors: Path, tmp_path: Path) -> None:
    wanted = json.loads((anchors / "anchors.json").read_text(encoding="utf-8"))["flag_z"]
    shifted = [(f"g{place}", round(10 * score + 50), 10) for place, score in enumerate(wanted["scores"])]
    found = _entries(_csv(tmp_path, shifted), "--method", "identity", "--thresholds=2,3,7,8", "--flags=-2,-1,0,1,2")
    assert [found[name]["Flag"] for name, _, _ in shifted] == wanted["expected"]


@pytest.mark.parametrize(
    ("thresholds", "flags"),
    [
        ("2", (0, 1)),
        ("2,3", (0, 1, 2)),
        ("3,2", (0, 1, 2)),
        ("-2", (-1, 0)),
        ("-2,2", (-1, 0, 1)),
        ("-3,-2,-1,1,2,3", (-3, -2, -1, 0, 1, 2, 3)),
    ],
)
def test_any_number_of_thresholds_flags(tmp_path: Path, thresholds: str, flags: tuple[int, ...]) -> None:
    """Two high sites and one silent one among many; their scores are read back and flagged by hand."""
    file = _csv(tmp_path, [(f"s{place:02}", 10, 100) for place in range(30)] + [("high", 40, 100), ("higher", 60, 100), ("silent", 0, 100)])
    limits = sorted(map(float, thresholds.split(",")))
    for entry in _entries(file, "--method", "gsm-normal", f"--thresholds={thresholds}").values():
        assert entry["Flag"] == _flag(entry["Score"], limits, flags)


@pytest.mark.parametrize(("events", "kind"), [(0, "rate"), (0, "binary"), (10, "binary"), (4, "rate")])
def test_groups_that_do_not_differ_score_zero(tmp_path: Path, events: int, kind: str) -> None:
    found = _entries(_csv(tmp_path, [(name, events, 10) for name in "abcdef"]), "--method", "gsm-normal", "--kind", kind)
    assert {(entry["Score"], entry["Flag"]) for entry in found.values()} == {(0, 0)}


def test_binary_counts_may_exceed_the_denominator_in_gsm_and_not_in_the_calibrated_mode(tmp_path: Path) -> None:
    file = _csv(tmp_path, [("a", 12, 10), ("b", 2, 40), ("c", 3, 50)])
    assert _entries(file, "--method", "gsm-normal", "--kind", "binary")["a"]["Metric"] == pytest.approx(1.2)
    told = _asked(file, "--kind", "binary")
    assert told.code == REFUSED
    assert "above the denominator" in told.err
    assert "group a" in told.err


# -- the calibrated mode


def test_the_calibrated_mode_is_the_default_and_says_too_little(tmp_path: Path) -> None:
    file = _csv(tmp_path, [(name, 3, 100) for name in "abcd"])
    for entry in _entries(file).values():
        assert (entry["Score"], entry["Flag"], entry["p"], entry["q"], entry["interval"]) == (None,) * 5
        assert entry["state"] == "insufficient_information"
        assert entry["Metric"] == pytest.approx(0.03)
        assert entry["reason"]


def test_without_heterogeneity_the_calibrated_score_is_the_poisson_mid_p(tmp_path: Path) -> None:
    counts = [9, 10, 11, 10, 9, 11, 10, 12, 8, 10]
    found = _entries(_csv(tmp_path, [(f"s{place}", x, 100) for place, x in enumerate(counts)]))
    for place, x in enumerate(counts):
        low = stats.poisson.cdf(x, 10) - stats.poisson.pmf(x, 10) / 2
        assert found[f"s{place}"]["Score"] == pytest.approx(stats.norm.ppf(low), abs=1e-6)
        assert found[f"s{place}"]["p"] == pytest.approx(2 * min(low, 1 - low), abs=1e-6)


def test_a_red_flag_needs_to_survive_the_number_of_questions(tmp_path: Path) -> None:
    file = _csv(tmp_path, [(f"s{place:02}", 10 + place % 3, 100) for place in range(40)] + [("high", 60, 100), ("silent", 0, 100)])
    found = _entries(file)
    assert (found["high"]["Flag"], found["silent"]["Flag"]) == (2, -2)
    assert max(found["high"]["q"], found["silent"]["q"]) <= 0.05
    assert found["high"]["interval"][0] > 1 > found["silent"]["ratio"]
    assert found["high"]["interval"][0] < found["high"]["ratio"] < found["high"]["interval"][1]
    assert _entries(file, "--direction", "high")["silent"]["Flag"] == 0
    for entry in _entries(file, "--thresholds=-3,-2,2,3").values():
        assert entry["Flag"] == found[entry["GroupID"]]["Flag"]


def test_a_score_beyond_three_among_many_is_amber_while_chance_may_have_made_it(tmp_path: Path) -> None:
    file = _csv(
        tmp_path, [(f"s{place:03}", int(stats.poisson.ppf((place + 0.5) / 300, 10)), 100) for place in range(300)] + [("x", 22, 100)]
    )
    for options in ((), ("--thresholds=-3,-2,2,3",)):
        entry = _entries(file, *options)["x"]
        assert entry["Score"] > 3
        assert entry["q"] > 0.05
        assert entry["Flag"] == 1
    assert _entries(file, "--method", "gsm-normal")["x"]["Flag"] == 2


# -- the table


def test_entries_carry_the_names_that_were_promised(sites: tuple[Path, dict[str, tuple[float, float]]]) -> None:
    for method in ("calibrated", "gsm-normal", "gsm-poisson", "identity"):
        entries = _entries(sites[0], "--method", method)
        assert len(entries) == 40
        for entry in entries.values():
            assert {*GSM, "ratio", "interval", "p", "q", "state", "reason"} <= entry.keys()
            assert entry["Metric"] is None or entry["Metric"] == pytest.approx(entry["Numerator"] / entry["Denominator"])


def test_lines_may_come_in_any_order_and_be_added_up_before(sites: tuple[Path, dict[str, tuple[float, float]]]) -> None:
    file, totals = sites
    by_subject = _entries(file)
    by_group = _entries(_csv(file.parent, [(name, x, d) for name, (x, d) in totals.items()]))
    assert by_subject == by_group


def test_columns_have_any_name(tmp_path: Path) -> None:
    plain = _entries(_csv(tmp_path, [("a", 1, 10), ("b", 5, 10)]), "--method", "gsm-normal")
    file = _csv(tmp_path, [("x", 10, "a", 1), ("x", 10, "b", 5)], ("study", "days at risk", "site", "AE count"))
    assert _entries(file, "--method", "gsm-normal", "--numerator", "AE count", "--denominator", "days at risk", "--group", "site") == plain


def test_each_study_is_scored_apart_when_its_column_is_named(tmp_path: Path) -> None:
    rows = [("A", "s1", 1, 10), ("A", "s2", 5, 10), ("B", "s1", 7, 10), ("B", "s2", 7, 10)]
    file = _csv(tmp_path, rows, ("StudyID", "GroupID", "Numerator", "Denominator"))
    found = json.loads(_asked(file, "--method", "gsm-normal", "--study", "StudyID", "--json").out)
    assert {(entry["StudyID"], entry["OverallMetric"]) for entry in found} == {("A", 0.3), ("B", 0.7)}
    assert [entry["Score"] for entry in found if entry["StudyID"] == "B"] == [0, 0]


def test_a_group_without_denominator_takes_no_part_and_stays_listed(tmp_path: Path) -> None:
    with_it = _entries(_csv(tmp_path, [("a", 1, 10), ("b", 5, 10), ("none", 0, 0)]), "--method", "gsm-normal")
    without = _entries(_csv(tmp_path, [("a", 1, 10), ("b", 5, 10)]), "--method", "gsm-normal")
    none = with_it.pop("none")
    assert with_it == without
    assert (none["Metric"], none["Score"], none["Flag"], none["state"]) == (None, None, None, "no_denominator")


@pytest.mark.parametrize("blank", ["", "NA"])
@pytest.mark.parametrize("method", ["calibrated", "gsm-normal"])
def test_a_blank_makes_its_group_unknown_and_is_not_zero(tmp_path: Path, blank: str, method: str) -> None:
    rows: list[Sequence[object]] = [("a", 1, 10), ("a", blank, 10), ("b", 5, 10), ("c", 4, 10)]
    found = _entries(_csv(tmp_path, rows), "--method", method)
    assert (found["a"]["Numerator"], found["a"]["Score"], found["a"]["state"]) == (None, None, "unknown")
    assert found["a"]["reason"] == "1 line has no number"
    if method == "gsm-normal":
        assert found["b"]["OverallMetric"] == pytest.approx(9 / 20)


def test_lines_without_a_group_are_left_out_and_counted(tmp_path: Path) -> None:
    told = _asked(_csv(tmp_path, [("a", 1, 10), ("", 9, 10), ("b", 2, 10)]), "--method", "gsm-normal", "--json")
    assert {entry["GroupID"] for entry in json.loads(told.out)} == {"a", "b"}
    assert "1 line names no group and is left out." in told.err


@pytest.mark.parametrize(
    ("text", "options", "code", "said"),
    [
        ("GroupID,Numerator\na,1\n", (), USAGE, "no column 'Denominator'"),
        ("GroupID,N,Denominator\na,1,2\n", ("--numerator", "Numerator"), USAGE, "Columns: GroupID, N, Denominator"),
        ("GroupID,Numerator,Denominator\na,one,2\n", (), REFUSED, "'one' is no number"),
        ("GroupID,Numerator,Denominator\na,1,2\nb,-1,2\n", (), REFUSED, "line 3, column Numerator"),
        ("GroupID,Numerator,Denominator\na,inf,2\n", (), REFUSED, "'inf' is no number"),
        ("GroupID,Numerator,Denominator\na,1.5,2\n", (), REFUSED, "no whole number"),
        ("GroupID,Numerator,Denominator\n", (), REFUSED, "no row"),
        ("", (), REFUSED, "empty"),
        ("GroupID;N;Denominator\na;1;2\n", (), USAGE, "Columns: GroupID, N, Denominator"),
        ("GroupID;Numerator;Denominator\na;1;2,5\n", (), REFUSED, "line 2, column Denominator what to do: Write 0.5 and 1000."),
        ('GroupID,Numerator,Denominator\na,1,"1,200"\n', (), REFUSED, "'1,200' has a comma, which may be for decimals or for thousands"),
        ("GroupID,Numerator,Denominator\na,1\n", (), REFUSED, "line 2 has 2"),
        ("GroupID,Numerator,Numerator\na,1,1\n", (), REFUSED, "named twice"),
        ("GroupID,Numerator,Denominator\nNA,1,2\n", (), REFUSED, "no line names a group"),
        ("GroupID,Numerator,Denominator\na,1,2\n", ("--thresholds=2,two",), USAGE, "no thresholds"),
        ("GroupID,Numerator,Denominator\na,1,2\n", ("--thresholds=2,2",), USAGE, "do not rise"),
        ("GroupID,Numerator,Denominator\na,1,2\n", ("--accrual", "days>3"), USAGE, "no accrual limit"),
        ("GroupID,Numerator,Denominator\na,1,2\n", ("--flags=0,1",), USAGE, "flags without thresholds"),
        ("GroupID,Numerator,Denominator\na,1,2\n", ("--method", "magic"), USAGE, "magic"),
    ],
)
def test_what_cannot_be_used_is_said_with_its_place(tmp_path: Path, text: str, options: tuple[str, ...], code: int, said: str) -> None:
    file = tmp_path / "table.csv"
    file.write_text(text, encoding="utf-8")
    told = _asked(file, *options)
    assert (told.code, told.out) == (code, "")
    assert said in " ".join(told.err.split())


def test_a_file_that_is_not_there_is_a_wrong_question(tmp_path: Path) -> None:
    told = _asked(tmp_path / "none.csv")
    assert told.code == USAGE
    assert "there is no file" in told.err


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_other_separators_are_seen_in_the_header(tmp_path: Path, separator: str) -> None:
    rows = [(f"site {number}, ward {number}", number, 10 + number) for number in range(6)]
    expected = _entries(_csv(tmp_path, rows))
    other = tmp_path / "other.csv"
    lines = [separator.join(map(str, row)) for row in (("GroupID", "Numerator", "Denominator"), *rows)]
    other.write_text("\ufeff" + "\n".join(lines) + "\n", encoding="utf-8")
    assert _entries(other) == expected


def test_sites_are_not_compared_with_countries(tmp_path: Path) -> None:
    """Each level in one file has the figures that it has in a file of its own, and comes with its level."""
    header = ("GroupID", "GroupLevel", "Numerator", "Denominator")
    sites = [(f"site {number}", "Site", number * number, 20 + number) for number in range(12)]
    countries = [(f"country {number}", "Country", 40 * number, 200 + number) for number in range(6)]
    apart = _entries(_csv(tmp_path, sites, header)) | _entries(_csv(tmp_path, countries, header))
    both = _csv(tmp_path, [*sites, *countries], header)
    assert _entries(both) == apart
    assert Counter(entry["GroupLevel"] for entry in apart.values()) == {"Site": 12, "Country": 6}
    told = _asked(both).out
    assert "Each level is compared within itself." in told
    assert "Each level" not in _asked(_csv(tmp_path, sites, header)).out


def test_a_line_that_names_no_level_is_a_site(tmp_path: Path) -> None:
    header = ("GroupID", "GroupLevel", "Numerator", "Denominator")
    (entry,) = _entries(_csv(tmp_path, [("a", "Site", 1, 10), ("a", "", 2, 10)], header), "--method", "gsm-normal").values()
    assert (entry["GroupLevel"], entry["Numerator"], entry["Denominator"]) == ("Site", 3, 20)


def test_a_byte_order_mark_and_other_line_ends_do_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_bytes("\ufeffGroupID,Numerator,Denominator\r\na,1,10\r\n\r\nb,3,10\r\n".encode())
    assert {*_entries(file, "--method", "gsm-normal")} == {"a", "b"}


def test_people_get_a_table_and_are_told_that_nothing_is_flagged(tmp_path: Path) -> None:
    told = typed(tmp_path, "stats", "kri", str(_csv(tmp_path, [(name, 3, 100) for name in "abcdef"])))
    assert told.code == DONE
    assert "0 groups flagged." in told.out
    assert "6 groups, calibrated" in told.out


# -- reporting


def test_published_reporting_probabilities(anchors: Path) -> None:
    wanted = json.loads((anchors / "anchors.json").read_text(encoding="utf-8"))["reporting"]
    file = anchors / wanted["input"]
    told = quickly(
        anchors,
        "stats",
        "kri",
        str(file),
        "--method",
        "reporting",
        "--group",
        "site_number",
        "--numerator",
        "n_ae",
        "--denominator",
        "visit",
        "--json",
    )
    found = {f"{entry['StudyID']} {entry['GroupID']}": entry for entry in json.loads(told.out)}
    assert len(found) == 10
    for site in ("A S0001", "B S0001"):
        entry, known = found[site], wanted[site]
        assert (entry["Numerator"], entry["Denominator"]) == (known["events"], known["visits"])
        assert entry["Score"] == pytest.approx(-known["p_ur"], rel=1e-9)
    assert (found["A S0001"]["Flag"], found["B S0001"]["Flag"]) == (-2, 0)


def test_a_study_of_one_site_has_nobody_to_compare_with(tmp_path: Path) -> None:
    header = ("GroupID", "SubjectID", "Denominator", "Numerator")
    file = _csv(tmp_path, [("s", subject, visit, visit) for subject in "ab" for visit in (1, 2, 3)], header)
    entry = _entries(file, "--method", "reporting")["s"]
    assert (entry["Score"], entry["Flag"], entry["state"]) == (None, None, "no_peers")
    silent = _csv(tmp_path, [(site, site + subject, visit, 0) for site in "st" for subject in "ab" for visit in (1, 2)], header)
    assert [entry["Score"] for entry in _entries(silent, "--method", "reporting").values()] == [0, 0]


def test_a_visit_without_a_count_is_a_gap_and_not_zero(tmp_path: Path) -> None:
    header = ("GroupID", "SubjectID", "Denominator", "Numerator")
    rows = [(site, site + subject, visit, visit) for site in "stu" for subject in "ab" for visit in (1, 2, 3, 4)]
    whole = _entries(_csv(tmp_path, [row for row in rows if row[1:3] != ("sa", 2)], header), "--method", "reporting")
    blank = _csv(tmp_path, [(*row[:3], "") if row[1:3] == ("sa", 2) else row for row in rows], header)
    told = _asked(blank, "--method", "reporting", "--json")
    assert {entry["GroupID"]: entry for entry in json.loads(told.out)} == whole
    assert "1 line names no group, subject, visit or count and is left out." in told.err


# -- odd tables


@pytest.mark.parametrize("options", [("--method", "fisher"), ("--kind", "binary"), ("--method", "gsm-normal", "--kind", "binary")])
def test_events_without_a_denominator_make_a_group_of_no_denominator_and_refuse_nobody_else(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    rows: list[Sequence[object]] = [("a", 1, 10), ("b", 2, 12), ("c", 3, 14), ("d", 2, 9), ("e", 4, 20), ("f", 1, 11)]
    found = _entries(_csv(tmp_path, [*rows, ("none", 2, 0)]), *options)
    assert (found.pop("none")["state"], {entry["state"] for entry in found.values()}) == ("no_denominator", {"scored"})
    assert found == _entries(_csv(tmp_path, rows), *options)


def test_counts_in_billions_are_counts(tmp_path: Path) -> None:
    """With so many events the Poisson law is the normal one, and what remains between groups is their own difference."""
    rows = [(f"S{place}", 10**9 + place * 3 * 10**7, 10**10) for place in range(9)]
    found = _entries(_csv(tmp_path, rows))
    metrics = np.array([entry["Metric"] for entry in found.values()])
    scores = np.array([entry["Score"] for entry in found.values()])
    assert np.all(np.diff(scores[np.argsort(metrics)]) > 0)
    assert next(iter(found.values()))["Factor"] == pytest.approx(metrics.var() / metrics.mean() ** 2, rel=0.02)
    assert {*_entries(_csv(tmp_path, rows), "--method", "gsm-normal", "--kind", "binary")} == {*found}


def test_shares_of_billions_are_refused_with_a_way_out(tmp_path: Path) -> None:
    rows = [(f"S{place}", 10**9 + place * 3 * 10**7, 10**10) for place in range(9)]
    told = _asked(_csv(tmp_path, rows), "--kind", "binary")
    assert told.code == USAGE
    assert "Ask for a rate" in told.err


def test_the_only_column_that_is_left_is_the_group(tmp_path: Path) -> None:
    rows: list[Sequence[object]] = [("a", 1, 10), ("a", 2, 10), ("b", 5, 10)]
    found = _entries(
        _csv(tmp_path, rows, ("Site", "Events", "Days")), "--numerator", "Events", "--denominator", "Days", "--method", "gsm-normal"
    )
    assert {name: entry["Numerator"] for name, entry in found.items()} == {"a": 3, "b": 5}
    told = _asked(_csv(tmp_path, [(*row, "x") for row in rows], ("Site", "Numerator", "Denominator", "Country")))
    assert told.code == USAGE
    assert "--group" in told.err
