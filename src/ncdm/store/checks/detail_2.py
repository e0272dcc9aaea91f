"""DETAIL-2: the list of frozen pages is complete."""

from ncdm.store.check import Check
from ncdm.types import KindCode, Severity

DETAIL_2 = Check(
    code="DETAIL-2",
    title="The list of frozen pages names every page the subject sheet counts",
    severity=Severity.LOW,
    why="A list that is cut short must not be read as the whole: count frozen pages from the subject sheet.",
    needs=(KindCode("cpid"),),
    sql="""
    SELECT s.study_id, 'cpid' AS kind, 'page_action' AS table_name, NULL AS subject_id, NULL AS site_id,
           'the subject sheet counts ' || s.n || ' frozen pages, the list names ' || coalesce(f.n, 0) AS what, s.refs
    FROM (SELECT study_id, sum(pages_frozen_n) AS n, list(row_ref ORDER BY pages_frozen_n DESC)[:50] AS refs FROM subject_metrics WHERE pages_frozen_n > 0 GROUP BY study_id) s
    LEFT JOIN (SELECT study_id, count(*) AS n FROM page_action WHERE page_action = 'freeze' GROUP BY study_id) f USING (study_id)
    WHERE s.n <> coalesce(f.n, 0) AND s.study_id IN (SELECT study_id FROM visible_sheet WHERE sheet_contract = 'crf_freeze')
    """,
)
