"""Sixty lines of loops over rows agree with every measure of the catalogue, whatever the rows, the reports and their order."""

import shutil
import statistics
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.measured import Made, Row, duckdb, make_up, of_state, told
from tests.portfolios import load

from ncdm import demo
from ncdm.measures.at import measures
from ncdm.measures.catalogue import MEASURES
from ncdm.measures.measure import Count, Measure, Ratio, Spread, Statistic
from ncdm.measures.value import Group, Level, State
from ncdm.settings import Settings
from ncdm.store.mesh import Reading
from ncdm.types import StudyId
from ncdm.wiring import wired

# ------------------------------------------------------------------------------------------ what each measure is of, in plain words

KNOWN: Mapping[str, set[str]] = {
    "query_status": {"Open", "Answered"},
    "coding_status": {"Coded", "Uncoded"},
    "has_data": {"Y", "N"},
    "page_level": {"visit", "summary"},
    "subject_status": {"Screen Failure", "On Trial", "Completed", "Enrolled", "Discontinued", "Screening", "Follow-Up", "Survival"},
    "lab_category": {"CHEMISTRY", "HEMATOLOGY", "URINALYSIS"},
    "issue_type": {"Missing lab name", "Ranges or units not entered"},
    "action_owner": {"Site", "DM", "Clinical", "Field monitor", "Medical", "Coding", "Safety", "Other"},
}


Says = Callable[[Row], bool | None]


def said(column: str, *words: str) -> Says:
    """Whether a cell holds one of the words; a blank or an unheard word does not tell."""
    return lambda row: None if row[column] is None or row[column] not in KNOWN.get(column, {row[column]}) else row[column] in words


def not_said(column: str, *words: str) -> Says:
    """Whether a cell holds anything but these words."""
    return lambda row: None if row[column] is None else row[column] not in words


def beyond(column: str, days: int) -> Says:
    """Whether a number exceeds a limit."""
    return lambda row: None if row[column] is None else row[column] > days


def given_(column: str) -> Says:
    """Whether anything stands in a cell."""
    return lambda row: row[column] is not None


def both(*rules: Says) -> Says:
    """All of them: no as soon as one says no, else not known as soon as one does not tell."""

    def all_of(row: Row) -> bool | None:
        answers = [rule(row) for rule in rules]
        return False if False in answers else None if None in answers else True

    return all_of


def raised(*words: str) -> Says:
    """Whether the second half of the marking group is one of the words."""
    return lambda row: None if row["marking_group"] is None else row["marking_group"].lower().rpartition("from ")[2] in words


def no(rule: Says) -> Says:
    """The opposite, where it is known."""
    return lambda row: None if (answer := rule(row)) is None else not answer


def yes(_row: Row) -> bool:
    """Every row."""
    return True


RAISERS: Mapping[str, tuple[str, ...]] = {
    "system": ("system",),
    "data_management": ("data manager", "data management", "dm"),
    "clinical": ("clinical review", "clinical"),
    "field_monitor": ("field monitor", "fm"),
    "medical": ("medical review", "medical"),
    "safety": ("safety review", "safety"),
    "central_monitor": ("central monitor", "ccra"),
}
CELLS: Mapping[str, tuple[str, ...]] = {
    **{
        f"queries_awaiting_{owner}": (f"queries_owner_{owner}_n",)
        for owner in ("dm", "clinical", "medical", "site", "field_monitor", "coding", "safety")
    },
    **{f"deviations_{status}": (f"deviations_{status}_n",) for status in ("confirmed", "proposed")},
    **{code: (f"{code}_n",) for code in ("visits_entered", "pages_entered", "unfreeze_events", "unlock_events")},
    **{f"{verb}_pages": (f"pages_{verb}_n",) for verb in ("frozen", "locked", "signed", "nonconformant")},
    **{f"sdv_{state}": (f"pages_sdv_{state}_n",) for state in ("required", "verified")},
    "outstanding_queries": ("queries_outstanding_n",),
    "broken_signatures": ("signature_broken_n",),
    "never_signed": ("signature_never_n",),
    "signatures_pending": ("signature_broken_n", "signature_never_n"),
    "signatures_pending_below_45_days": ("signature_pending_lt45d_n",),
    "signatures_pending_45_to_90_days": ("signature_pending_45_90d_n",),
    "signatures_pending_beyond_90_days": ("signature_pending_gt90d_n",),
}
STATUSES = {
    "in_screening": "Screening",
    "on_trial": "On Trial",
    "enrolled": "Enrolled",
    "completed": "Completed",
    "discontinued": "Discontinued",
}
STATUSES |= {"in_follow_up": "Follow-Up", "in_survival_follow_up": "Survival"}
DICTIONARIES, TABS = ("meddra", "whodrug"), ("dm", "safety")
UNDER_REVIEW = not_said("review_status", "Review completed")
OPEN, ANSWERED, AT_SITE = said("query_status", "Open"), said("query_status", "Answered"), said("action_owner", "Site")
COUNTED: dict[str, tuple[str, Says]] = {
    "subjects_in_cpid": ("subject_metrics", yes),
    "subjects_without_status": ("subject_metrics", no(given_("subject_status"))),
    "subjects_past_screening": ("subject_metrics", said("subject_status", *KNOWN["subject_status"] - {"Screen Failure", "Screening"})),
    "screen_failures": ("subject_metrics", said("subject_status", "Screen Failure")),
    **{f"subjects_{code}": ("subject_metrics", said("subject_status", word)) for code, word in STATUSES.items()},
    "open_queries": ("query", OPEN),
    "answered_queries": ("query", ANSWERED),
    "site_open_queries": ("query", both(OPEN, AT_SITE)),
    "site_queries_open_beyond_14_days": ("query", both(OPEN, AT_SITE, beyond("days_since_open", 14))),
    "site_queries_open_beyond_30_days": ("query", both(OPEN, AT_SITE, beyond("days_since_open", 30))),
    "answers_waiting_beyond_14_days": ("query", both(ANSWERED, beyond("days_since_response", 14))),
    "queries_awaiting_others": ("query", not_said("action_owner", *KNOWN["action_owner"] - {"Other"})),
    **{f"queries_raised_by_{who}": ("query", raised(*words)) for who, words in RAISERS.items()},
    "queries_raised_by_others": ("query", no(raised(*(word for words in RAISERS.values() for word in words)))),
    "nonconformant_items": ("nonconformant_item", yes),
    "signatures_to_give": ("signature", yes),
    "unplanned_visits": ("visit", said("is_unplanned", "yes")),
    "visits_without_date": ("visit", no(given_("visit_date"))),
    "missing_visits": ("missing_visit", yes),
    "missing_visits_with_a_date": ("missing_visit", given_("actual_date")),
    "missing_visits_beyond_30_days": ("missing_visit", beyond("days_outstanding", 30)),
    "missing_visits_beyond_60_days": ("missing_visit", beyond("days_outstanding", 60)),
    "missing_pages": ("united", said("page_level", "visit", "summary")),
    "missing_pages_visit_level": ("united", said("page_level", "visit")),
    "missing_pages_summary": ("united", said("page_level", "summary")),
    "lab_issues": ("lab_issue", given_("issue_type")),
    "missing_lab_names": ("lab_issue", both(given_("issue_type"), said("issue_type", "Missing lab name"))),
    "missing_lab_ranges": ("lab_issue", both(given_("issue_type"), said("issue_type", "Ranges or units not entered"))),
    **{
        f"lab_issues_{name.lower()}": ("lab_issue", both(given_("issue_type"), said("lab_category", name)))
        for name in KNOWN["lab_category"]
    },
    "subjects_with_edrr_issues": ("thirdparty_issue", beyond("thirdparty_open_issues_n", 0)),
    "inactivations": ("inactivation", yes),
    "inactivations_with_data": ("inactivation", said("has_data", "Y")),
    "inactivations_by_amendment": ("inactivation", said("inactivation_actor", "amendment_manager")),
    "inactivations_without_reason": ("inactivation", said("inactivation_reason", "none")),
    "inactivations_not_applicable": ("inactivation", said("inactivation_reason", "not_applicable")),
    "inactivations_not_done": ("inactivation", said("inactivation_reason", "not_done")),
    "inactivated_pages": ("inactivation", said("inactivated_object", "page")),
    "inactivated_records": ("inactivation", said("inactivated_object", "record")),
    "inactivated_pages_with_data": ("inactivation", both(said("inactivated_object", "page"), said("has_data", "Y"))),
    "inactivated_pages_with_data_without_reason": (
        "inactivation",
        both(said("inactivated_object", "page"), said("has_data", "Y"), said("inactivation_reason", "none")),
    ),
    "coded_terms": ("coding_term", said("coding_status", "Coded")),
    "uncoded_terms": ("coding_term", said("coding_status", "Uncoded")),
    **{f"coded_terms_{name}": ("coding_term", both(said("contract", name), said("coding_status", "Coded"))) for name in DICTIONARIES},
    **{f"uncoded_terms_{name}": ("coding_term", both(said("contract", name), said("coding_status", "Uncoded"))) for name in DICTIONARIES},
    **{f"sae_reviews_{tab}": ("aged", said("tab", tab)) for tab in TABS},
    **{f"open_sae_reviews_{tab}": ("aged", both(said("tab", tab), UNDER_REVIEW)) for tab in TABS},
    **{f"sae_reviews_{tab}_open_beyond_14_days": ("aged", both(said("tab", tab), UNDER_REVIEW, beyond("age", 14))) for tab in TABS},
    **{f"sae_reviews_{tab}_open_beyond_30_days": ("aged", both(said("tab", tab), UNDER_REVIEW, beyond("age", 30))) for tab in TABS},
}
AGED: dict[str, tuple[str, Says, tuple[str, ...]]] = {
    "open_query_age": ("query", OPEN, ("days_since_open",)),
    "answered_query_age": ("query", ANSWERED, ("days_since_open",)),
    "site_response_time": ("query", ANSWERED, ("days_since_open", "days_since_response")),
    "signature_pending_age": ("signature", yes, ("days_pending",)),
    "missing_page_age": ("united", both(said("page_level", "visit"), given_("visit_date")), ("days_missing",)),
    **dict.fromkeys(("missing_visit_age", "longest_missing_visit", "mean_missing_visit"), ("missing_visit", yes, ("days_outstanding",))),
    **{f"sae_review_age_{tab}": ("aged", both(said("tab", tab), UNDER_REVIEW), ("age",)) for tab in TABS},
}
"""Which rows, and the days; of two columns the first less the second."""


# ----------------------------------------------------------------------------------------------------------------- the oracle


class Oracle:
    """Loops over rows."""

    def __init__(self, made: Made) -> None:
        self.made = made
        self.rows = {**made.rows, "united": united(made.rows["missing_page"]), "aged": aged(made.rows["sae_review"])}
        self.site_of = {
            (study, subject.subject_id): subject.site_id
            for study, spine in made.spine.items()
            for subject in spine.subjects
            if not subject.pseudo
        }
        self.place = {(study, site.site_id): site for study, spine in made.spine.items() for site in spine.sites}
        self.of_group: dict[tuple[str, Group], list[Row]] = {}
        self.found: dict[tuple[str, Group], tuple[list[float], int]] = {}

    def inside(self, row: Row, group: Group) -> bool:
        """Whether a row falls into a group: by its own site, else by that of its subject."""
        study, subject = row["study_id"], row["subject_id"]
        label = row.get("site_id") if (study, row.get("site_id")) in self.place else self.site_of.get((study, subject))
        site = self.place.get((study, label))  # type: ignore[arg-type]
        if group.study_id is None:
            return bool(study in self.made.spine)
        if study != group.study_id:
            return False
        if group.subject_id is not None:
            return bool(subject == group.subject_id)
        if group.site_id is not None:
            return label == group.site_id
        if group.country is not None:
            return site is not None and site.country == group.country
        return group.region is None or (site is not None and site.region == group.region)

    def of(self, table: str, group: Group) -> list[Row]:
        """The rows of a table that fall into a group."""
        if (table, group) not in self.of_group:
            self.of_group[table, group] = [row for row in self.rows[table] if self.inside(row, group)]
        return self.of_group[table, group]

    def parts(self, measure: Count | Spread, group: Group) -> tuple[list[float], int]:
        """What the rows of a group add, and how many of them do not tell."""
        if (measure.code, group) not in self.found:
            table, counted, amount = self.rule(measure.code)
            answers = [(counted(row), amount(row)) for row in self.of(table, group)]
            known = [float(added) for counts, added in answers if counts and added is not None]
            self.found[measure.code, group] = known, sum(counts is None or (counts and added is None) for counts, added in answers)
        return self.found[measure.code, group]

    @staticmethod
    def rule(code: str) -> tuple[str, Says, Callable[[Row], float | None]]:
        """The rows of a measure, which of them count, and what each adds."""
        if code in CELLS or code == "edrr_issues":
            columns = CELLS.get(code, ("thirdparty_open_issues_n",))
            return ("subject_metrics" if code in CELLS else "thirdparty_issue"), yes, lambda row: added(row, columns, 1)
        if code in COUNTED:
            return *COUNTED[code], lambda _row: 1.0
        table, counted, days = AGED[code.removesuffix("_p90").removesuffix("_maximum")]
        return table, counted, lambda row: added(row, days, -1)

    def absent(self, measure: Measure, study: StudyId) -> set[str]:
        """The sheets that a measure needs and a study does not have."""
        return set(measure.needs) - self.made.sheets[study]

    def value(self, measure: Measure, group: Group) -> tuple[float | None, State]:
        """The value of a measure for a group and what it is worth."""
        if isinstance(measure, Ratio):
            return self.ratio(measure, group)
        if isinstance(measure, Spread):
            return self.spread(measure, group, *self.parts(measure, group))
        return self.count(measure, group, *self.parts(measure, group))

    def spread(self, measure: Spread, group: Group, known: list[float], untold: int) -> tuple[float | None, State]:
        """A statistic of the rows that tell."""
        gone = self.gone(measure, group)
        if all(gone) or (untold and not known):
            return None, State.UNKNOWN
        if not known:
            return None, State.NOT_APPLICABLE
        return statistic(known, measure.statistic), State.PARTIAL if any(gone) or untold else State.KNOWN

    def count(self, measure: Count, group: Group, known: list[float], untold: int) -> tuple[float | None, State]:
        """A sum; a lower bound as soon as something is missing, and nothing when all is."""
        gone = self.gone(measure, group)
        unlisted = group.subject_id is not None and "subject_metrics" in measure.needs and not self.of("subject_metrics", group)
        if not any(gone) and not untold and not unlisted:
            return sum(known), State.KNOWN
        whole = group.study_id is not None and self.absent(measure, StudyId(group.study_id)) == set(measure.needs)
        silent = all(gone) if group.study_id is None else whole or unlisted or not sum(known)
        return (None, State.UNKNOWN) if silent else (sum(known), State.AT_LEAST)

    def gone(self, measure: Measure, group: Group) -> list[bool]:
        """For each study of a group whether something that a measure needs is missing."""
        studies = list(self.made.sheets) if group.study_id is None else [StudyId(group.study_id)]
        return [bool(self.absent(measure, study)) for study in studies]

    def ratio(self, measure: Ratio, group: Group) -> tuple[float | None, State]:
        """Sums over sums; over several studies, those that are known."""
        studies = list(self.made.sheets) if group.study_id is None else [StudyId(group.study_id)]
        over = under = 0.0
        usable = 0
        for study in studies:
            one = Group(study_id=study) if group.study_id is None else group
            sides = [[self.value(count, one) for count in counts] for counts in (measure.over, measure.under)]
            extract = any(self.extract(measure, full, study) for full in measure.full)
            if not extract and all(state is State.KNOWN for side in sides for _, state in side):
                usable += 1
                over, under = over + sum(value or 0 for value, _ in sides[0]), under + sum(value or 0 for value, _ in sides[1])
        if not usable:
            return None, State.UNKNOWN
        return (None, State.NOT_APPLICABLE) if not under else (over / under, State.KNOWN if usable == len(studies) else State.PARTIAL)

    def extract(self, measure: Ratio, full: Count, study: StudyId) -> bool:
        """Whether a report of a study lists what is open and nothing else."""
        listed = sum(sum(self.parts(count, Group(study_id=study))[0]) for count in measure.under if count.needs == full.needs)
        return listed > 0 and not sum(self.parts(full, Group(study_id=study))[0])


def added(row: Row, columns: tuple[str, ...], sign: int) -> float | None:
    """The first cell and the others, added or taken away; nothing when one does not tell."""
    cells = [row[column] for column in columns]
    return None if None in cells else float(cells[0] + sign * sum(cells[1:]))


def united(rows: list[Row]) -> list[Row]:
    """Of each subject, folder and date the rows of the tab that has most; of each subject the summaries of the tab that has most."""
    found = [row for row in rows if row["page_level"] not in KNOWN["page_level"]]
    heaps: dict[object, dict[tuple[str, int], list[Row]]] = {}
    for row in rows:
        if row["page_level"] in KNOWN["page_level"]:
            visit = (row["folder_name"], row["visit_date_text"]) if row["page_level"] == "visit" else ()
            within = (row["study_id"], row["subject_id"], *visit)
            heaps.setdefault(within, {}).setdefault((row["source_sha256"], row["sheet_no"]), []).append(row)
    for tabs in heaps.values():
        found += tabs[max(sorted(tabs), key=lambda tab: len(tabs[tab]))]
    return found


def aged(rows: list[Row]) -> list[Row]:
    """Each review with its days up to the day of the report, or the newest creation of its tab where that is later."""
    found = []
    for row in rows:
        tab = [other for other in rows if (other["study_id"], other["tab"]) == (row["study_id"], row["tab"])]
        days = [other["created_at"].date() for other in tab if other["created_at"] is not None]
        days += [other["report_as_of"] for other in tab if other["report_as_of"] is not None]
        created = row["created_at"]
        found.append(row | {"age": None if created is None else (max(days) - created.date()).days})
    return found


def statistic(known: list[float], wanted: Statistic) -> float:
    """One number for many."""
    ordered = sorted(known)
    if wanted is Statistic.MEAN:
        return statistics.fmean(ordered)
    share = {Statistic.MEDIAN: 0.5, Statistic.P90: 0.9, Statistic.MAXIMUM: 1.0}[wanted] * (len(ordered) - 1)
    low = int(share)
    return ordered[low] + (share - low) * (ordered[min(low + 1, len(ordered) - 1)] - ordered[low])


def agree(made: Made, found: Mapping[tuple[str, str], list[tuple[object, ...]]], levels: tuple[Level, ...]) -> None:
    """Every measure of every group is what the loops say."""
    oracle = Oracle(made)
    for code, measure in MEASURES.items():
        for level in levels:
            for group, value, _numerator, _denominator, state, _reason in found[code, level]:
                assert isinstance(group, Group)
                wanted, worth = oracle.value(measure, group)
                assert (state, value) == (worth, wanted if wanted is None else pytest.approx(wanted, rel=1e-12)), (code, level, group)


# ------------------------------------------------------------------------------------------------------------------ the promises


def test_the_oracle_knows_every_measure() -> None:
    counts = {code for code, measure in MEASURES.items() if isinstance(measure, Count)}
    assert counts == set(CELLS) | set(COUNTED) | {"edrr_issues"}
    for code, measure in MEASURES.items():
        if isinstance(measure, Spread):
            assert Oracle.rule(code)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_the_oracle_agrees_on_studies_that_are_made_up(seed: int) -> None:
    made = make_up(seed)
    agree(made, told(made.measures(duckdb(made.tables()))), tuple(Level))


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_the_order_of_rows_changes_nothing(seed: int) -> None:
    made = make_up(seed)
    stirred = Made({name: Random(seed).sample(rows, len(rows)) for name, rows in made.rows.items()}, made.spine, made.sheets)
    assert told(made.measures(duckdb(made.tables()))) == told(stirred.measures(duckdb(stirred.tables())))


@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_the_rows_behind_a_number_add_up_to_it(seed: int) -> None:
    made = make_up(seed)
    found = made.measures(duckdb(made.tables()))
    chance = Random(seed)
    for measure in chance.sample([one for one in MEASURES.values() if isinstance(one, Count)], 8):
        for level in Level:
            values = found.values(measure, level)
            for value in chance.sample(values, min(1, len(values))):
                rows = found.rows(measure, value.group)
                if value.value is not None:
                    assert sum(amount or 0 for _, amount in rows) == value.value, (measure.code, value)
                assert len({ref for ref, _ in rows}) == len(rows)
    for spread in chance.sample([one for one in MEASURES.values() if isinstance(one, Spread)], 4):
        for value in found.values(spread, Level.STUDY):
            amounts = [amount for _, amount in found.rows(spread, value.group) if amount is not None]
            if value.value is not None:
                assert value.value == pytest.approx(statistic(amounts, spread.statistic), rel=1e-12)
                assert value.denominator == len(amounts)


# -------------------------------------------------------------------------------------------------------- portfolios, as workbooks


def _read(folder: Path, home: Path) -> tuple[Made, dict[tuple[str, str], list[tuple[object, ...]]]]:
    load(home, folder)
    with wired(Settings(home, 0, 1)) as mesh:
        state = Reading(mesh.home, mesh.engine).state()
        return of_state(state), told(measures(state))


SEEDS = settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SEEDS
@given(seed=st.integers(1, 10**4), studies=st.integers(2, 3))
def test_the_oracle_agrees_on_invented_portfolios_with_and_without_a_report(
    seed: int, studies: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("oracle")
    demo.write(folder / "whole", studies=studies, subjects=10, seed=seed)
    levels = (Level.SUBJECT, Level.SITE, Level.STUDY, Level.PORTFOLIO)
    agree(*_read(folder / "whole", folder / "home"), levels)
    reports = sorted((folder / "whole").rglob("*.xlsx"))
    Random(seed).choice(reports).unlink()
    agree(*_read(folder / "whole", folder / "home-without"), levels)


@pytest.mark.parametrize("word", ["lab", "sae", "inactiv", "page"])
def test_a_report_in_two_files_by_site_tells_the_same(word: str, tmp_path: Path) -> None:
    demo.write(tmp_path / "one", studies=1, subjects=12, seed=11)
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    (path,) = (
        path for path in (tmp_path / "two").rglob("*.xlsx") if word in path.name.lower() or (word == "lab" and "lnr" in path.name.lower())
    )
    _split_by_site(path)
    assert _read(tmp_path / "one", tmp_path / "home-1")[1] == _read(tmp_path / "two", tmp_path / "home-2")[1]


def _split_by_site(path: Path) -> None:
    """Each site's lines go to one of two files."""
    book = openpyxl.load_workbook(path, read_only=True)
    sheets = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
    book.close()
    for part in (0, 1):
        half = openpyxl.Workbook(write_only=True)
        for title, lines in sheets.items():
            head = next(number for number, line in enumerate(lines) if sum(cell is not None for cell in line) >= 3)
            site = next(place for place, name in enumerate(lines[head]) if "site" in str(name).lower() and "group" not in str(name).lower())
            sheet = half.create_sheet(title)
            for number, line in enumerate(lines):
                if number <= head or line[site] is None or sum(map(ord, str(line[site]))) % 2 == part:
                    sheet.append(line)
        half.save(path.with_name(f"{path.stem}_part{part}.xlsx"))
    path.unlink()
