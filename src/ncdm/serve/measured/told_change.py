"""Changes over snapshots and the forecast in the words of the API."""

from collections.abc import Mapping, Sequence
from datetime import date

from ncdm.measures.catalogue import KRI_BY_CODE
from ncdm.measures.counts.deviations_proposed import DEVIATIONS_PROPOSED
from ncdm.measures.counts.edrr_issues import EDRR_ISSUES
from ncdm.measures.counts.missing_pages import MISSING_PAGES
from ncdm.measures.counts.missing_visits import MISSING_VISITS
from ncdm.measures.counts.never_signed import NEVER_SIGNED
from ncdm.measures.counts.nonconformant_pages import NONCONFORMANT_PAGES
from ncdm.measures.counts.open_queries import OPEN_QUERIES
from ncdm.measures.counts.open_sae_reviews_dm import OPEN_SAE_REVIEWS_DM
from ncdm.measures.counts.open_sae_reviews_safety import OPEN_SAE_REVIEWS_SAFETY
from ncdm.measures.counts.outstanding_queries import OUTSTANDING_QUERIES
from ncdm.measures.counts.sdv_required import SDV_REQUIRED
from ncdm.measures.counts.uncoded_terms import UNCODED_TERMS
from ncdm.measures.forecast.of_study import Forecast, Scenario
from ncdm.measures.forecast.outlook import ByDay
from ncdm.measures.history.moments import Moment
from ncdm.measures.history.over_snapshots import MeasureTrend
from ncdm.measures.history.queries import QueryFlow
from ncdm.measures.history.standing_flags import FlagChange, FlagKey, StandingFlag, standing_flags
from ncdm.measures.measure import Count
from ncdm.measures.signals import StudySignals
from ncdm.measures.value import State
from ncdm.serve.measured import answers as say
from ncdm.serve.measured.places import whole
from ncdm.types import StudyId

WATCHED: tuple[Count, ...] = (
    MISSING_VISITS,
    MISSING_PAGES,
    OUTSTANDING_QUERIES,
    OPEN_QUERIES,
    NONCONFORMANT_PAGES,
    SDV_REQUIRED,
    NEVER_SIGNED,
    UNCODED_TERMS,
    EDRR_ISSUES,
    OPEN_SAE_REVIEWS_DM,
    OPEN_SAE_REVIEWS_SAFETY,
    DEVIATIONS_PROPOSED,
)
"""What the page of a study compares with the snapshot before."""


def flags_told(past: Sequence[tuple[date, StudySignals]], study: StudyId) -> tuple[say.FlagLine, ...]:
    """Flags that stand or changed since the snapshot before, new ones first."""
    history: dict[FlagKey, list[int | None]] = {}
    for number, (_day, signals) in enumerate(past):
        for of in signals.kris:
            if of.kri.weights:
                for place, group in enumerate(of.groups):
                    key = FlagKey(study, group.label, of.kri.code)
                    history.setdefault(key, [None] * len(past))[number] = whole(of.flag[place])
    found = standing_flags(history, [day for day, _signals in past])
    return tuple(_flag(one) for one in found if one.flag or one.change is not FlagChange.NONE)


def _flag(one: StandingFlag) -> say.FlagLine:
    return say.FlagLine(
        kri=one.key.kri,
        title=KRI_BY_CODE[one.key.kri].title,
        site_id=one.key.group,
        flag=one.flag,
        before=one.before,
        history=one.history,
        change=one.change,
        consecutive=one.consecutive,
        days=one.days,
        breaches=one.breaches,
    )


def delta_told(found: MeasureTrend) -> say.Delta:
    """A measure now and before."""
    last = found.trend.points[-1]
    return say.Delta(
        code=found.code,
        title=found.title,
        unit=found.unit,
        value=last.value,
        state=State(last.state),
        delta=found.trend.delta,
        direction=found.trend.direction,
        reason=found.trend.reason,
    )


def flow_told(flow: QueryFlow) -> say.Flow | None:
    """Queries opened and closed; nothing where that cannot be had."""
    if flow.study is None:
        return None
    of = flow.study.velocity
    return say.Flow(
        opened=of.opened,
        closed=of.closed,
        outstanding=of.outstanding,
        net=of.net,
        interval=(of.low, of.high),
        pace=str(of.pace),
        days_to_clear=of.days_to_clear,
        clearing=str(of.clearing),
        opened_rows=flow.study.new,
        closed_rows=flow.study.gone,
    )


def forecast_told(told: Forecast, found: Sequence[Moment]) -> say.Forecast:
    """When a study will be clean, or why nobody can say."""
    gains = told.gains
    return say.Forecast(
        milestone=told.milestone,
        snapshots=tuple(say.ForecastSnapshot(snapshot=one.snapshot, as_of=one.day()) for one in found),
        start=told.start,
        subjects=told.subjects,
        clean_now=told.clean_now,
        unknown=told.unknown,
        gates=tuple(
            say.ForecastGate(
                code=one.code,
                title=one.title,
                outstanding=one.outstanding,
                arrived=one.arrived,
                closed=one.closed,
                arrivals_per_week=one.arrivals_per_week,
                closed_share_per_week=one.closed_share_per_week,
                reason=one.reason,
            )
            for one in told.gates
        ),
        as_things_go=_scenario(told.as_things_go),
        nothing_new=_scenario(told.nothing_new),
        sites=()
        if gains is None
        else tuple(
            say.ForecastSite(
                site_id=one.site_id,
                items=one.items,
                subjects=one.subjects,
                day=one.day,
                days=one.days,
                expected=one.expected,
                pace=tuple(
                    say.ForecastPace(
                        code=of.code,
                        items=of.items,
                        arrivals_per_week=of.arrivals_per_week,
                        closed_share_per_week=of.closed_share_per_week,
                    )
                    for of in one.pace
                ),
            )
            for one in gains.sites
        ),
        sites_arriving=gains is not None and gains.arriving,
        reason=told.reason,
    )


def _scenario(of: Scenario | None) -> say.ForecastScenario | None:
    if of is None:
        return None
    return say.ForecastScenario(
        by=_point(of.by),
        reached=tuple(say.ForecastReached(target=one.target, early=one.early, middle=one.middle, late=one.late) for one in of.reached),
        curve=tuple(_point(one) for one in of.curve),
    )


def _point(of: ByDay) -> say.ForecastPoint:
    return say.ForecastPoint(
        day=of.day,
        expected=of.expected,
        chances=tuple(
            say.ForecastChance(target=one.target, needed=one.needed, probability=one.probability, interval=(one.low, one.high))
            for one in of.chances
        ),
    )


def listed_before(now: Mapping[str, object], before: Mapping[str, object]) -> tuple[str, ...]:
    """The subjects of now that were not there before."""
    return tuple(one for one in now if one not in before)
