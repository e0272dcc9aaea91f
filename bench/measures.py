"""How long the whole catalogue of measures takes, beside pandas counting the same from the same tables, in one run.

1. The catalogue at six levels on one snapshot, warm in one process: expressions are written and files are in the memory of the system; no
   value is kept between runs. pandas counts, from the same rows read once from the same parquet files, every count of the catalogue whose
   rule is a condition on columns or a sum of cells, by study, site and subject; it has the rows in memory already, and neither states nor
   ages nor other levels to tell.
2. Seven key risk indicators of 1,000 sites from 3.5 million made-up raw rows: their sums by site with DuckDB and with pandas, and with DuckDB
   from the rows to scores, q and flags, as gsm does and calibrated.
3. The same catalogue on fifty times the rows, under new study names, in memory: how much longer, against fifty.

    python bench/measures.py [--repeats 5] [--folder FOLDER] [--times 50] [--rows 3500000]

Reads the folder that NCDM_REFERENCE_DATA names (default: ../shared/data/nest beside the checkout), else a generated portfolio.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import lru_cache, partial
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

if TYPE_CHECKING:  # the type checker knows this folder by its own name, the interpreter as the folder of the script
    from bench.measuring import ROOT, quiet
else:
    from measuring import ROOT, quiet

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir

from ncdm import demo
from ncdm.measures.catalogue import COUNTS, MEASURES
from ncdm.measures.compute import Measures
from ncdm.measures.grouped import Floats
from ncdm.measures.presence import presence
from ncdm.measures.statistics import CountKind, Method, benjamini_hochberg, flag_scores, score_groups
from ncdm.measures.universe import universe
from ncdm.measures.value import Level
from ncdm.pipeline import ingest
from ncdm.settings import Settings
from ncdm.store.expressions import asked
from ncdm.store.mesh import Reading
from ncdm.store.report import reports
from ncdm.store.spine import spines
from ncdm.store.state import State
from ncdm.types import StudyId, TableName
from ncdm.wiring import wired

Rule = tuple[str, Callable[[pd.DataFrame], pd.Series]]
"""A table, and what each of its rows adds."""
CATALOGUE_SECONDS, KRI_SECONDS, LINEAR = 1.0, 0.5, 1.2
RAW_ROWS = 3_500_000
MARKED = 0.1
KEYS = ["study_id", "site_id", "subject_id"]
USED = {
    *KEYS,
    *("row_ref", "query_status", "action_owner", "days_since_open", "is_unplanned", "issue_type", "tab", "review_status"),
    *("inactivated_object", "has_data", "thirdparty_open_issues_n", "coding_status"),
    *("visits_entered_n", "pages_entered_n", "pages_nonconformant_n", "queries_outstanding_n", "pages_sdv_required_n"),
    *("pages_sdv_verified_n", "pages_frozen_n", "pages_locked_n", "pages_signed_n", "signature_broken_n", "signature_never_n"),
    *("deviations_confirmed_n", "deviations_proposed_n"),
}
"""The columns that pandas needs."""
TABLES = tuple(
    TableName(name)
    for name in (
        *("subject_metrics", "query", "nonconformant_item", "signature", "visit", "missing_visit", "missing_page", "lab_issue"),
        *("sae_review", "inactivation", "thirdparty_issue", "coding_term"),
    )
)


def main() -> int:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--repeats", type=int, default=5, help="timed runs of each; the median counts (default 5)")
    asked.add_argument("--folder", type=Path, help="load this folder of workbooks instead")
    asked.add_argument("--times", type=int, default=50, help="how many times the rows for the large portfolio (default 50)")
    asked.add_argument("--rows", type=int, default=RAW_ROWS, help="raw rows for the indicators (default 3,500,000)")
    options = asked.parse_args()
    print(quiet())
    with tempfile.TemporaryDirectory(prefix="ncdm-bench-") as scratch, wired(Settings(Path(scratch) / "home", 0, 2)) as mesh:
        ingest(mesh, options.folder or _reference(Path(scratch)), lambda _progress: None)
        state = Reading(mesh.home, mesh.engine).state()
        ours = _catalogue(state, options.repeats)
        _large(state, options.times, ours)
        state.close()
    _indicators(options.repeats, options.rows)
    return 0


def _reference(scratch: Path) -> Path:
    found = Path(os.environ.get("NCDM_REFERENCE_DATA") or ROOT.parent / "shared" / "data" / "nest")
    if found.is_dir():
        return found
    print(f"{found} is absent: a generated portfolio stands in, so the bars below are only a hint")
    demo.write(scratch / "portfolio", studies=12, subjects=120)
    return scratch / "portfolio"


def _timed(work: Callable[[], object], repeats: int) -> float:
    """The median of the runs, after one that does not count."""
    work()
    taken = []
    for _ in range(repeats):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def _all(found: Measures) -> None:
    for measure in MEASURES.values():
        for level in Level:
            found.column(measure, level)


# ---------------------------------------------------------------------------------------------------------------- the catalogue


def _catalogue(state: State, repeats: int) -> float:
    groups = universe(spines(state))
    ask, delivered = asked(state, groups.tables), presence(state.sheets, reports(state))
    ours = _timed(lambda: _all(Measures(ask, groups, delivered, COUNTS)), repeats)
    kept = Measures(ask, groups, delivered, COUNTS)
    frames = {name: state.columns(f'SELECT * FROM "{name}"').to_pandas() for name in TABLES}  # noqa: S608 - our own names
    rules = _pandas_rules()
    theirs = _timed(lambda: _counted(frames, rules), repeats)
    found = _counted(frames, rules)
    wrong = [code for code in found if found[code] != np.nansum(kept.column(MEASURES[code], Level.PORTFOLIO).numerator)]
    print(f"\n{len(MEASURES)} measures at {len(Level)} levels, {sum(len(groups.groups(level)) for level in Level):,} groups")
    print(f"{'the whole catalogue, warm':58}{ours:9.3f} s")
    print(
        f"{f'pandas, {len(rules)} of its counts by study, site, subject':58}{theirs:9.3f} s; differing sums: {', '.join(wrong) or 'none'}"
    )
    _bar("the whole catalogue, s", ours, "<", CATALOGUE_SECONDS)
    print(f"{'pandas, reading the same rows from parquet before it counts':58}{_from_files(frames, rules, repeats):9.3f} s")
    return ours


def _from_files(frames: dict[TableName, pd.DataFrame], rules: dict[str, Rule], repeats: int) -> float:
    """As ours has to: the rows are in files, and only the columns that are used are read."""
    with tempfile.TemporaryDirectory(prefix="ncdm-bench-") as folder:
        for name, rows in frames.items():
            rows.to_parquet(Path(folder) / f"{name}.parquet")
        columns = {name: [column for column in rows.columns if column in USED] for name, rows in frames.items()}
        return _timed(
            lambda: _counted({name: pd.read_parquet(Path(folder) / f"{name}.parquet", columns=columns[name]) for name in frames}, rules),
            repeats,
        )


def _pandas_rules() -> dict[str, Rule]:
    """What the counts add, written for pandas; a blank cell adds nothing."""
    cells = {
        "visits_entered": "visits_entered_n",
        "pages_entered": "pages_entered_n",
        "nonconformant_pages": "pages_nonconformant_n",
        "outstanding_queries": "queries_outstanding_n",
        "sdv_required": "pages_sdv_required_n",
        "sdv_verified": "pages_sdv_verified_n",
        "frozen_pages": "pages_frozen_n",
        "locked_pages": "pages_locked_n",
        "signed_pages": "pages_signed_n",
        "broken_signatures": "signature_broken_n",
        "never_signed": "signature_never_n",
        "deviations_confirmed": "deviations_confirmed_n",
        "deviations_proposed": "deviations_proposed_n",
    }
    rules: dict[str, Rule] = {code: ("subject_metrics", itemgetter(column)) for code, column in cells.items()}
    return rules | {
        "open_queries": ("query", lambda rows: rows.query_status == "Open"),
        "answered_queries": ("query", lambda rows: rows.query_status == "Answered"),
        "site_open_queries": ("query", lambda rows: (rows.query_status == "Open") & (rows.action_owner == "Site")),
        "site_queries_open_beyond_30_days": (
            "query",
            lambda rows: (rows.query_status == "Open") & (rows.action_owner == "Site") & (rows.days_since_open > 30),  # noqa: PLR2004 - the limit
        ),
        "signatures_to_give": ("signature", lambda rows: rows.row_ref.notna()),
        "unplanned_visits": ("visit", lambda rows: rows.is_unplanned == "yes"),
        "missing_visits": ("missing_visit", lambda rows: rows.row_ref.notna()),
        "missing_lab_names": ("lab_issue", lambda rows: rows.issue_type == "Missing lab name"),
        "open_sae_reviews_dm": ("sae_review", lambda rows: (rows.tab == "dm") & (rows.review_status != "Review completed")),
        "open_sae_reviews_safety": ("sae_review", lambda rows: (rows.tab == "safety") & (rows.review_status != "Review completed")),
        "inactivated_pages": ("inactivation", lambda rows: rows.inactivated_object == "page"),
        "inactivations_with_data": ("inactivation", lambda rows: rows.has_data == "Y"),
        "edrr_issues": ("thirdparty_issue", lambda rows: rows.thirdparty_open_issues_n),
        "coded_terms": ("coding_term", lambda rows: rows.coding_status == "Coded"),
        "uncoded_terms": ("coding_term", lambda rows: rows.coding_status == "Uncoded"),
    }


def _counted(frames: dict[TableName, pd.DataFrame], rules: dict[str, Rule]) -> dict[str, float]:
    """Each count by study, site and subject, all counts over one table in one go; the total of each."""
    found: dict[str, float] = {}
    for name in dict.fromkeys(table for table, _ in rules.values()):
        rows = frames[TableName(name)]
        added = {code: rule(rows).astype("float64") for code, (table, rule) in rules.items() if table == name}
        keys = [rows[key] for key in KEYS if key in rows]
        grouped = pd.DataFrame(added).groupby(keys, dropna=False, observed=True).sum()
        found |= {code: float(grouped[code].sum()) for code in added}
    return found


# ------------------------------------------------------------------------------------------------------------ a large portfolio


def _large(state: State, times: int, small: float) -> None:
    """Every study many times under names of its own; the rows are multiplied as they are read, so that they need no memory."""
    once, many = (_multiplied(state, number) for number in (1, times))
    print(f"\n{'the whole catalogue, tables in memory':58}{once:9.3f} s  ({small / once:.2f} times that from files)")
    print(f"{f'{times} times the studies':58}{many:9.3f} s")
    _bar(f"{times} times the studies / once / {times}", many / once / times, "<=", LINEAR)


def _multiplied(state: State, times: int) -> float:
    engine = duckdb.connect(config={"threads": 2})
    for name in TABLES:
        engine.register("rows", state.columns(f'SELECT * FROM "{name}"'))  # noqa: S608 - our own names
        engine.execute(f'CREATE TABLE "{name}_once" AS SELECT * FROM rows')  # noqa: S608 - the same
        engine.execute(
            f'CREATE VIEW "{name}" AS SELECT r.* REPLACE (r.study_id || \'/\' || t.n AS study_id) FROM "{name}_once" r, range({times}) t(n)'  # noqa: S608 - the same
        )
    delivered = presence(state.sheets, reports(state))
    copies = [(StudyId(f"{study}/{number}"), study) for number in range(times) for study in delivered]
    groups = universe({copy: spines(state)[study] for copy, study in copies if study in spines(state)})
    for spine, rows in groups.tables.items():
        engine.register(spine, rows)
    of_copies = {copy: delivered[study] for copy, study in copies}
    return _timed(lambda: _all(Measures(lambda question: _run(engine, question), groups, of_copies, COUNTS)), 1)


def _run(engine: duckdb.DuckDBPyConnection, question: ir.Table) -> pa.Table:
    return engine.execute(_sql(question.op())).to_arrow_table()


@lru_cache(maxsize=1_024)
def _sql(operation: ops.Node) -> str:
    return str(ibis.to_sql(operation.to_expr(), dialect="duckdb"))


# -------------------------------------------------------------------------------------------------------------- seven indicators


def _indicators(repeats: int, raw: int) -> None:
    """Numerators and denominators by site of seven indicators, from raw rows of adverse events, visits, laboratory results and queries."""
    chance = np.random.default_rng(1)
    subjects = 20_000
    site = chance.integers(0, 1_000, subjects)
    sizes = {
        "event": raw // 10,
        "visit": raw // 10,
        "result": raw // 2,
        "query": raw - raw // 10 * 2 - raw // 2,
    }
    frames = {"subject": pd.DataFrame({"subject": np.arange(subjects), "site": site, "days": chance.integers(1, 900, subjects)})}
    for name, size in sizes.items():
        frames[name] = pd.DataFrame(
            {
                "subject": chance.integers(0, subjects, size),
                "grade": chance.integers(0, 5, size),
                "days": chance.integers(0, 90, size),
                "mark": chance.random(size) < MARKED,
            }
        )
    engine = duckdb.connect(config={"threads": 2})
    for name, frame in frames.items():
        engine.register(f"{name}_frame", frame)
        engine.execute(f'CREATE TABLE "{name}" AS SELECT * FROM "{name}_frame"')  # noqa: S608 - our own names
    ours = _timed(lambda: engine.execute(INDICATORS).fetchall(), repeats)
    theirs = _timed(lambda: _with_pandas(frames), repeats)
    equal = np.array_equal(
        np.array(engine.execute(INDICATORS).fetchall(), dtype=np.float64)[:, 1:], _with_pandas(frames).to_numpy(dtype=np.float64)
    )
    print(f"\n{f'7 indicators by site from {raw:,} rows, DuckDB':58}{ours:9.3f} s")
    print(f"{'the same with pandas':58}{theirs:9.3f} s; results {'equal' if equal else 'DIFFER'}")
    for method in (Method.GSM_NORMAL, Method.CALIBRATED):
        whole = _timed(partial(_flagged, engine, method), repeats)
        flags = _flagged(engine, method)
        print(f"{f'from the rows to {np.count_nonzero(flags)} flags of {flags.size:,}, {method}':58}{whole:9.3f} s")
        _bar(f"7 indicators, {method}, s", whole, "<", KRI_SECONDS)


def _flagged(engine: duckdb.DuckDBPyConnection, method: Method) -> Floats:
    """Indicator and site -> flag."""
    told = engine.execute(INDICATORS).to_arrow_table()
    sums = {name: told[name].to_numpy().astype(np.float64) for name in told.column_names}
    scores = [score_groups(method, kind, sums[over], sums[under]) for over, under, kind in SEVEN]
    q = benjamini_hochberg(np.array([one.p for one in scores]))
    return np.array([flag_scores(one, of_one) for one, of_one in zip(scores, q, strict=True)])


INDICATORS = """
WITH e AS (SELECT subject, count(*) AS n, count(*) FILTER (mark) AS serious FROM event GROUP BY subject),
v AS (SELECT subject, count(*) AS n, count(*) FILTER (mark) AS missed FROM visit GROUP BY subject),
r AS (SELECT subject, count(*) AS n, count(*) FILTER (grade >= 3) AS high FROM result GROUP BY subject),
q AS (SELECT subject, count(*) AS n, count(*) FILTER (days > 30) AS late, count(*) FILTER (mark) AS open FROM query GROUP BY subject)
SELECT s.site, sum(e.n) AS events, sum(e.serious) AS serious, sum(v.missed) AS missed, sum(v.n) AS visits, sum(r.high) AS high, sum(r.n) AS results,
       sum(q.n) AS queries, sum(q.late) AS late, sum(q.open) AS open, sum(s.days) AS days
FROM subject s LEFT JOIN e USING (subject) LEFT JOIN v USING (subject) LEFT JOIN r USING (subject) LEFT JOIN q USING (subject)
GROUP BY s.site ORDER BY s.site
"""
SEVEN = (
    ("events", "days", CountKind.RATE),
    ("serious", "days", CountKind.RATE),
    ("missed", "visits", CountKind.BINARY),
    ("high", "results", CountKind.BINARY),
    ("queries", "results", CountKind.RATE),
    ("late", "queries", CountKind.BINARY),
    ("open", "queries", CountKind.BINARY),
)
"""Numerator, denominator and kind of each, of ten sums."""


def _with_pandas(frames: dict[str, pd.DataFrame]) -> pd.DataFrame:
    def by_subject(name: str, **conditions: pd.Series) -> pd.DataFrame:
        rows = frames[name]
        return pd.DataFrame({"n": np.ones(len(rows)), **conditions}).groupby(rows.subject).sum()

    result, query = frames["result"], frames["query"]
    parts = (
        by_subject("event", serious=frames["event"].mark),
        by_subject("visit", missed=frames["visit"].mark)[["missed", "n"]],
        by_subject("result", high=result.grade >= 3)[["high", "n"]],  # noqa: PLR2004 - grades 3 and 4
        by_subject("query", late=query.days > 30, open=query.mark),  # noqa: PLR2004 - days
    )
    joined = frames["subject"].set_index("subject")
    for number, part in enumerate(parts):
        joined = joined.join(part.add_suffix(f"_{number}"))
    days = joined.pop("days")
    return joined.assign(days=days).groupby("site").sum()


def _bar(what: str, found: float, sign: str, bar: float) -> None:
    met = found >= bar if sign == ">=" else found < bar if sign == "<" else found <= bar
    print(f"{what:58}{found:9.3f}  bar {sign} {bar:.2f}  {'met' if met else 'NOT MET'}")


if __name__ == "__main__":
    sys.exit(main())
