"""The same expressions give the same values on Spark: `make test-spark`. Not part of `make test`, which does not install Spark."""

import importlib.util
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import ibis
import pyarrow as pa
import pytest
from tests.measured import Made, duckdb, make_up, of_state, told
from tests.portfolios import loaded

from ncdm.measures.catalogue import MEASURES
from ncdm.measures.grouped import Ask
from ncdm.settings import Settings
from ncdm.store.mesh import Reading
from ncdm.types import StudyId
from ncdm.wiring import wired

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# Spark and what it stands on warn of one another; that is not ours to mend.
pytestmark = pytest.mark.filterwarnings("default")

CONFIG: Mapping[str, str] = {
    "spark.ui.enabled": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.driver.memory": "1g",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
}


def _missing() -> str | None:
    """What is not there to run Spark."""
    if importlib.util.find_spec("pyspark") is None:
        return "pyspark is not installed: run make test-spark"
    return None if shutil.which("java") else "Java is not installed: Spark needs version 17 or 21"


@pytest.fixture(scope="module")
def spark() -> Iterator["SparkSession"]:
    """Spark on this machine; the test says what is missing, and `make test-spark` does not let that pass."""
    missing = _missing()
    if missing is not None:
        (pytest.fail if os.environ.get("NCDM_SPARK") else pytest.skip)(missing)
    from pyspark.sql import SparkSession

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        builder = SparkSession.builder.master("local[2]").appName("ncdm")
        for name, value in CONFIG.items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
        yield session
        session.stop()


def _on_spark(session: "SparkSession", tables: Mapping[str, pa.Table]) -> Ask:
    engine = ibis.pyspark.connect(session)
    for name, table in tables.items():
        session.createDataFrame(table).createOrReplaceTempView(name)
    return lambda expression: session.sql(engine.compile(expression)).toArrow()


def _agree(session: "SparkSession", made: Made) -> None:
    tables = made.tables()
    ours, theirs = told(made.measures(duckdb(tables))), told(made.measures(_on_spark(session, tables)))
    assert len(ours) == len(MEASURES) * 6
    assert {key: theirs[key] for key in ours if theirs[key] != ours[key]} == {}
    assert theirs == ours


def _together(seeds: range) -> Made:
    """Many small studies at once, because a question to Spark takes seconds however small it is."""
    found = Made({}, {}, {})
    rows: dict[str, list[dict[str, object]]] = {}
    for seed in seeds:
        made = make_up(seed)
        name = {study: StudyId(f"Study {100 * (seed + 1) + number}") for number, study in enumerate(made.spine)}
        for table, of_table in made.rows.items():
            rows.setdefault(table, []).extend(
                row | {"study_id": name[StudyId(row["study_id"])], "row_ref": f"{seed}:{row['row_ref']}"} for row in of_table
            )
        found = replace(
            found,
            spine={**found.spine, **{name[study]: spine for study, spine in made.spine.items()}},
            sheets={**found.sheets, **{name[study]: sheets for study, sheets in made.sheets.items()}},
        )
    return replace(found, rows=rows)


def test_every_measure_is_the_same_on_spark_for_studies_that_are_made_up(spark: "SparkSession") -> None:
    _agree(spark, _together(range(8)))


def test_every_measure_is_the_same_on_spark_for_an_invented_portfolio(spark: "SparkSession") -> None:
    with wired(Settings(loaded(1), 0, 1)) as mesh:
        _agree(spark, of_state(Reading(mesh.home, mesh.engine).state()))
