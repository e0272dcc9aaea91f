"""Answered queries that nobody has closed for more than 14 days since the response, as a share of the answered ones."""

from ncdm.measures.counts.answered_queries import ANSWERED_QUERIES
from ncdm.measures.counts.answers_waiting_beyond_14_days import ANSWERS_WAITING_BEYOND_14_DAYS
from ncdm.measures.kri import FixedLimits, Kri, denominator_of
from ncdm.measures.measure import Definition
from ncdm.measures.statistics import CountKind

OP03_TEAM_BACKLOG = Kri(
    code="op03",
    title="Team backlog",
    unit="%",
    over=(ANSWERS_WAITING_BEYOND_14_DAYS,),
    under=(ANSWERED_QUERIES,),
    kind=CountKind.BINARY,
    accrual=denominator_of(10),
    fixed=FixedLimits(0.1, 0.2),
    definition=Definition(
        what="Answered queries that nobody has closed for more than 14 days since the response, as a share of the answered ones.",
        why="It is the backlog of the own team: a site that answered must not be flagged for it.",
        formula="answered queries that wait beyond 14 days / answered queries",
        source="measures-and-statistics 4.7",
        example="4 of 10 answers that wait beyond 14 days are 40 %.",
        limits="No risk of the site, so in no site risk score. Open queries of the detail sheet; closed ones are in no export. Not computable without CPID, which has the denominator.",
    ),
)
