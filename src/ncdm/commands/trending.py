"""``ncdm trend`` and ``features``: what the snapshots of a study say together."""

from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from typing import Annotated

import typer

from ncdm.commands.asking import nothing_loaded, study_of
from ncdm.commands.console import OUT, AsOf, Json, StudyArgument, as_json, as_table, errors_told, moment_of, opened, tell_demo
from ncdm.errors import InvalidQuestion, NotFound
from ncdm.measures.catalogue import MEASURES
from ncdm.measures.counts.outstanding_queries import OUTSTANDING_QUERIES
from ncdm.measures.features.of_study import DEFINITIONS, Features
from ncdm.measures.features.of_study import features as features_of
from ncdm.measures.features.part import Bounded
from ncdm.measures.history.moments import Moment, moments
from ncdm.measures.history.over_snapshots import MeasureTrend, measure_trend
from ncdm.measures.history.queries import GroupVelocity, QueryFlow, query_flow
from ncdm.measures.history.trend import Trend
from ncdm.measures.value import State
from ncdm.store.mesh import Reading
from ncdm.types import StudyId

VELOCITY = "query_velocity"
"""What ``--measure`` calls the queries opened and closed; every other word is the code of a measure."""
NOTHING = "\N{EN DASH}"
"""Where there is nothing that could be known, which is told apart from what is unknown."""
Last = Annotated[int, typer.Option(min=1, help="How many of the latest snapshots to look at.")]


@contextmanager
def past(study: str, as_of: str | None, last: int) -> Iterator[tuple[StudyId, tuple[Moment, ...]]]:
    """A study at its latest snapshots up to the one that is meant, oldest first."""
    with opened() as wiring:
        reading = Reading(wiring.home, wiring.engine)
        state = reading.state(moment_of(as_of))
        if state.line is None:
            raise nothing_loaded(wiring)
        tell_demo(demo=state.line.demo)
        name = study_of(state, study)
        found = moments(reading, name, until=state.line.snapshot, last=last)
        try:
            if not found:
                raise NotFound(f"no sheet of {name} could be read", todo="Look at what was set apart: ncdm receipts.")
            yield name, found
        finally:
            for moment in found:
                moment.state.close()


def trend(
    study: StudyArgument,
    measure: Annotated[str | None, typer.Option(help=f"Only this measure, with its sites: a code, or {VELOCITY}.")] = None,
    last: Last = 12,
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """What changed over the snapshots of a study: every measure, and the queries opened and closed."""
    with errors_told():
        if measure not in (None, VELOCITY, *MEASURES):
            near = ", ".join(get_close_matches(str(measure), (VELOCITY, *MEASURES), n=5, cutoff=0.0))
            todo = f"The nearest are {near}. All stand in ncdm explain; {VELOCITY} is one more."
            raise InvalidQuestion(f"there is no measure {measure}", where="--measure", todo=todo)
        with past(study, as_of, last) as (name, found):
            flow = query_flow(found, name) if measure in (None, VELOCITY) else None
            wanted = [code for code in MEASURES if measure in (None, code)]
            trends = [measure_trend(found, name, MEASURES[code], sites=measure is not None) for code in wanted]
            if json:
                as_json(
                    {
                        "study": name,
                        "snapshots": [{"snapshot": moment.snapshot, "as_of": moment.day()} for moment in found],
                        VELOCITY: flow,
                        "measures": trends,
                    }
                )
                return
            if flow is not None:
                _tell_flow(flow, sites=measure is not None)
            if trends:
                _tell_trends(name, trends)
            if measure is not None and trends:
                _tell_sites(trends[0])


def _tell_flow(flow: QueryFlow, *, sites: bool) -> None:
    if flow.study is None:
        OUT.print(f"Query velocity of {flow.study_id}: not computable, {flow.reason}.")
        return
    columns = ("group", "opened", "closed", "outstanding", "net a day", "90 % interval", "pace", "days to clear")
    rows = [_flow_line(group, flow) for group in (flow.study, *(flow.sites if sites else ()))]
    as_table(
        f"Queries of {flow.study_id} opened and closed from {flow.day_before:%d %b %Y} to {flow.day_after:%d %b %Y}, by the query sheet",
        columns,
        rows,
        numbers=columns[1:5],
    )
    if flow.note:
        OUT.print(f"{flow.note[0].upper()}{flow.note[1:]}.")


def _flow_line(group: GroupVelocity, flow: QueryFlow) -> tuple[object, ...]:
    of = group.velocity
    return (
        group.site_id or flow.study_id,
        of.opened,
        of.closed,
        of.outstanding,
        f"{of.net:+.2f}",
        f"{of.low:+.2f} to {of.high:+.2f}",
        f"{of.pace}{'' if of.settled else ' (not settled)'}",
        of.clearing if of.days_to_clear is None or of.outstanding == 0 else f"{of.days_to_clear:.0f}",
    )


def _tell_trends(study: StudyId, trends: list[MeasureTrend]) -> None:
    rows = [
        (
            # The query sheet lists outstanding queries too, and need not agree.
            f"{one.title} (subject sheet)" if one.code == OUTSTANDING_QUERIES.code else one.title,
            one.unit,
            *_figures(one.trend, one.unit),
            one.trend.direction or "",
            _why(one.trend),
        )
        for one in trends
    ]
    as_table(
        f"{study} over its snapshots",
        ("measure", "unit", "last", "change", "a week", "", "why not"),
        rows,
        numbers=("last", "change", "a week"),
    )


def _figures(of: Trend, unit: str) -> tuple[str | None, str | None, str | None]:
    """The last value, its change and the change a week; a dash where there is none to know, ``None`` where it is unknown."""
    last = of.points[-1]
    none = None if any(point.state == State.UNKNOWN for point in of.points) else NOTHING
    return (
        NOTHING if last.state == State.NOT_APPLICABLE else _plain(last.value, unit),
        none if of.delta is None else _plain(of.delta, unit, signed=True),
        none if of.slope_per_week is None else _plain(of.slope_per_week, unit, signed=True),
    )


def _why(of: Trend) -> str:
    """Why a number is missing: that it does not apply, or is not known."""
    last = of.points[-1]
    if last.state == State.NOT_APPLICABLE:
        return f"not applicable: {last.reason}" if last.reason else "not applicable"
    return of.reason or last.reason or ""


def _tell_sites(one: MeasureTrend) -> None:
    judged = {site.site_id: site.regression for site in one.sites}
    alarms = {} if one.drift is None else {group.group: group.alarm for group in one.drift.groups}
    rows = [
        (
            site.site_id,
            *_figures(site.trend, one.unit)[:2],
            "" if (of := judged[site.site_id]) is None else of.verdict,
            alarms.get(site.site_id) or "",
            _why(site.trend),
        )
        for site in one.sites
    ]
    as_table(
        f"{one.title} by site",
        ("site", "last", "change", "beyond regression to the mean", "CUSUM alarm", "why not"),
        rows,
        numbers=("last", "change"),
    )
    if one.drift is not None and one.drift.reason:
        OUT.print(f"CUSUM: {one.drift.reason}.")


def _plain(value: float | None, unit: str, *, signed: bool = False) -> str | None:
    if value is None:
        return None
    shown = 100.0 * value if unit == "%" else value
    return f"{shown:+,.4g}" if signed else f"{shown:,.6g}"


def features(
    study: StudyArgument,
    endpoint: Annotated[
        list[str] | None, typer.Option(help="A form that bears an endpoint, by its words; may be given several times.")
    ] = None,
    last: Last = 12,
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """The engineered features of a study: velocity, density, inactivations to review, the composite, visit offenders and hot spots."""
    with errors_told(), past(study, as_of, last) as (name, found):
        told = features_of(found, name, endpoints=endpoint)
        if json:
            as_json({"features": told, "definitions": DEFINITIONS})
            return
        _tell_flow(told.velocity, sites=False)
        _tell_features(told)


def _tell_features(told: Features) -> None:
    reviews = {one.site_id: one for one in told.inactivation}
    rows = [
        (
            dense.group.label,
            None if dense.value is None else f"{dense.value:.3f}",
            dense.band,
            None if dense.percentile is None else f"{dense.percentile:.0f}",
            None if dense.z is None else f"{dense.z:+.1f}",
            None if dense.group.label not in reviews else _range(reviews[dense.group.label].score),
            _range(one.score),
            one.intervene,
        )
        for dense, one in zip(told.density, told.composite, strict=True)
    ]
    columns = ("site", "queries a page", "density", "percentile", "z", "inactivations", "composite", "step in")
    as_table(
        f"Features of the sites of {told.study_id}",
        columns,
        rows,
        numbers=("queries a page", "percentile", "z", "inactivations", "composite"),
    )
    if told.inactivation_reason:
        OUT.print(f"Inactivations: {told.inactivation_reason}.")
    as_table(
        "Visit offenders",
        ("site", "missing", "share", "ratio to the study", "90 % interval", "older score"),
        [
            (
                one.group.label,
                f"{one.missing:g}",
                None if one.share is None else f"{100 * one.share:.1f} %",
                None if one.ratio is None else f"{one.ratio:.2f}",
                None if one.low is None else f"{one.low:.2f} to {one.high:.2f}",
                None if one.score is None else f"{one.score:.1f}",
            )
            for one in told.visit_offenders.sites
        ],
    )
    if told.visit_offenders.reason:
        OUT.print(f"Visit offenders: {told.visit_offenders.reason}.")
    as_table(
        "Non-conformance hot spots",
        ("site", "pages", "band", "ratio to the study", "90 % interval"),
        [
            (
                one.group.label,
                f"{one.pages:g}",
                one.band,
                None if one.ratio is None else f"{one.ratio:.2f}",
                None if one.low is None else f"{one.low:.2f} to {one.high:.2f}",
            )
            for one in told.hot_spots.sites
        ],
    )
    if told.hot_spots.reason:
        OUT.print(f"Hot spots: {told.hot_spots.reason}.")


def _range(score: Bounded) -> str:
    return f"{score.low:.0f}" if score.value is not None else f"{score.low:.0f} to {score.high:.0f}"
