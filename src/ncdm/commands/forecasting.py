"""``ncdm forecast``: when a study will be clean, or why its snapshots cannot say."""

import datetime as dt
from typing import Annotated

import typer

from ncdm.commands.console import OUT, AsOf, Json, StudyArgument, as_json, as_table, errors_told
from ncdm.commands.trending import Last, past
from ncdm.errors import InvalidQuestion
from ncdm.measures.clean import MILESTONES
from ncdm.measures.forecast.gains import Gains
from ncdm.measures.forecast.of_study import FORECAST, Forecast, Scenario
from ncdm.measures.forecast.of_study import forecast as forecast_of
from ncdm.measures.history.moments import NO_EARLIER


def forecast(
    study: StudyArgument,
    milestone: Annotated[str, typer.Option(help=f"What subjects are to be clean for: {', '.join(MILESTONES)}.")] = "database_lock",
    by: Annotated[str | None, typer.Option(help="A day (2026-03-31); twelve weeks after the data by default.")] = None,
    share: Annotated[float, typer.Option(help="The share of subjects for which sites are compared, up to 1.")] = 1.0,
    last: Last = 12,
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """When the subjects of a study will be clean, from what arrived and was closed between its snapshots."""
    with errors_told(), past(study, as_of, last) as (name, found):
        told = forecast_of(found, name, milestone, _day(by), share)
        if json:
            as_json({"forecast": told, "definition": FORECAST})
        else:
            _tell(told)


def _day(text: str | None) -> dt.date | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise InvalidQuestion(f"{text!r} is no day", where="--by", todo="Give a day as 2026-03-31.") from None


def _tell(told: Forecast) -> None:
    if told.as_things_go is None or told.nothing_new is None or told.gains is None:
        OUT.print(f"No forecast for {told.study_id}: {NO_EARLIER if len(told.snapshots) == 1 else told.reason}.")
        return
    as_table(
        f"{told.study_id}, {told.milestone.replace('_', ' ')}: {told.clean_now} of {told.subjects} subjects are clean on {told.start:%d %b %Y}",
        ("criterion", "outstanding", "arrived", "closed", "new a week", "closed a week"),
        [
            (
                gate.title,
                None if gate.outstanding is None else f"{gate.outstanding:,.0f}",
                f"{gate.arrived:,.0f}",
                f"{gate.closed:,.0f}",
                None if gate.arrivals_per_week is None else f"{gate.arrivals_per_week:,.1f}",
                "" if gate.closed_share_per_week is None else f"{100 * gate.closed_share_per_week:.0f} %",
            )
            for gate in told.gates
        ],
        numbers=("outstanding", "arrived", "closed", "new a week", "closed a week"),
    )
    if told.unknown:
        OUT.print(f"{told.unknown} subjects of which something is unknown count as not clean.")
    _tell_scenario("If work and new items go on as they did", told.as_things_go)
    _tell_scenario("If nothing new arrives", told.nothing_new)
    _tell_gains(told.gains)


def _tell_scenario(title: str, of: Scenario) -> None:
    as_table(
        title,
        ("target", "subjects", f"by {of.by.day:%d %b %Y}", "90 % interval", "10 %", "50 %", "90 %"),
        [
            (
                f"{100 * chance.target:.0f} %",
                chance.needed,
                f"{100 * chance.probability:.1f} %",
                f"{100 * chance.low:.1f} to {100 * chance.high:.1f} %",
                *(_shown(day) for day in (reached.early, reached.middle, reached.late)),
            )
            for chance, reached in zip(of.by.chances, of.reached, strict=True)
        ],
        numbers=("subjects",),
    )


def _shown(day: dt.date | None) -> str:
    return "not within 2 years" if day is None else f"{day:%d %b %Y}"


def _tell_gains(of: Gains) -> None:
    basis = "" if of.arriving else ", if nothing new arrives"
    as_table(
        f"Sites whose work brings {100 * of.target:.0f} % clean nearest{basis} ({_shown(of.day)} as things are)",
        ("site", "items", "subjects", "if solved today", "days gained", "clean subjects more"),
        [(one.site_id, f"{one.items:,.0f}", one.subjects, _shown(one.day), one.days, f"{one.expected:.1f}") for one in of.sites],
        numbers=("items", "subjects", "days gained", "clean subjects more"),
    )
