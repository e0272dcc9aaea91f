"""What ``ncdm clean`` shows a person: the same as it tells a program, as tables."""

from collections.abc import Mapping

from ncdm.commands.clean_told import NO_STATUS, members_of, strata_of
from ncdm.commands.console import OUT, as_table, printable
from ncdm.measures.blockers import blockers, loads
from ncdm.measures.clean import CRITERIA, Clean, Mask
from ncdm.measures.criterion import NOT_APPLICABLE, OUTCOMES, Outcome
from ncdm.measures.milestone import Milestone
from ncdm.measures.readiness import POPULATIONS, Readiness, readiness
from ncdm.measures.standing import by_criterion, freed, queue, standing
from ncdm.measures.value import Group, Level
from ncdm.types import StudyId

SHOWN = 20
_STEP = ("subject", "site", "criterion", "items", "days", "urgency", "owner")


def studies_shown(clean: Clean, milestones: Mapping[StudyId, Milestone], status: str | None) -> None:
    """How the subjects of studies stand, status by status."""
    rows: list[tuple[object, ...]] = []
    for study, milestone in milestones.items():
        strata = strata_of(clean, study, status)
        every = {"all": members_of(clean, study, None)} if status is None else {}
        for name, mask in ({**every, **strata} or {status or NO_STATUS: members_of(clean, study, status)}).items():
            found = standing(clean, milestone.gates, mask)
            rows.append(
                (
                    study,
                    name,
                    found.members,
                    found.clean,
                    found.unclean,
                    found.unknown,
                    None if found.clean_share is None else _share(found.share_if, found.interval_if),
                    None if found.submitted_share is None else _share(found.submitted_share_if, found.submitted_interval_if),
                )
            )
    gates = {milestone.gates for milestone in milestones.values()}
    title = f"gates {' '.join(next(iter(gates)))}" if len(gates) == 1 else "gates as each study has them"
    as_table(
        f"Clean subjects, {title}",
        ("study", "status", "subjects", "clean", "unclean", "unknown", "clean % (95 %)", "on submitted % (95 %)"),
        rows,
        numbers=("subjects", "clean", "unclean", "unknown"),
    )
    if any(one[5] for one in rows):
        OUT.print("Where subjects are unknown, % is a range: from none of them clean to all of them clean.")


def _share(share: tuple[float, float] | None, interval: tuple[float, float] | None) -> str | None:
    """A share with its interval."""
    if share is None or interval is None:
        return None
    return f"{percents(share)} ({100 * interval[0]:.1f} to {100 * interval[1]:.1f})"


def percents(share: tuple[float, float]) -> str:
    """A share in percent; a range where some members are unknown: from none of them clean to all of them."""
    low, high = share
    return f"{100 * low:.1f}" if low == high else f"{100 * low:.1f} to {100 * high:.1f}"


def study_shown(clean: Clean, study: StudyId, milestone: Milestone, status: str | None, listed: Mapping[str, Mask]) -> None:
    """The criteria of one study, what waits for whom, who is one step away, and readiness."""
    members = members_of(clean, study, status)
    codes = (*milestone.gates, *milestone.shown)
    as_table(
        "Criteria",
        ("criterion", "what", "gate", "fail", "unknown", "not applicable", "pass"),
        [
            (
                code,
                CRITERIA[code].title,
                code in milestone.gates,
                *(counted[one] for one in (Outcome.FAIL, Outcome.UNKNOWN, Outcome.NOT_APPLICABLE, Outcome.PASS)),
            )
            for code, counted in by_criterion(clean, codes, members).items()
        ],
        numbers=("fail", "unknown", "not applicable", "pass"),
    )
    if milestone.counts:
        values = [clean.measures.values(count, Level.STUDY, study)[0] for count in milestone.counts]
        as_table(
            "Beside them, whole study",
            ("count", "value", "why unknown"),
            [
                (count.title, None if one.value is None else int(one.value), one.reason or "")
                for count, one in zip(milestone.counts, values, strict=True)
            ],
            numbers=("value",),
        )
    waiting = loads(clean, milestone.gates, members).get(study, ())
    as_table(
        "What waits for whom" + _cut(len(waiting)),
        ("criterion", "owner", "said by", "age", "items", "subjects"),
        [(one.criterion, one.owner, one.owner_source, one.age, one.items, one.subjects) for one in waiting[:SHOWN]],
        numbers=("items", "subjects"),
        empty="Nothing waits for anybody.",
    )
    queue_shown(clean, study, milestone, members, most=SHOWN)
    as_table(
        "Readiness",
        ("population", "members", "perhaps", "target", "answer", "clean % (95 %)", "members by", "why", "turns on"),
        [_ready(readiness(clean, milestone.gates, study, one, listed.get(one.code))) for one in POPULATIONS],
        numbers=("members", "perhaps"),
    )


def queue_shown(clean: Clean, study: StudyId, milestone: Milestone, members: Mask, *, most: int | None = None) -> None:
    """Who is one step from clean; all of them, or so many."""
    steps = queue(clean, milestone.gates, members)
    as_table(
        f"{study}, one step from clean: {len(steps)} subjects" + (_cut(len(steps)) if most else ""),
        _STEP,
        [
            (
                one.group.subject_id,
                one.group.site_id or "",
                one.criterion,
                one.items,
                one.days,
                one.urgency,
                f"{one.owner} ({one.owner_source})",
            )
            for one in steps[:most]
        ],
        numbers=("items", "days"),
        empty=f"{study}: nobody is one step from clean.",
    )
    if steps and most is None:
        owners, sites = freed(steps)
        as_table("Would make clean by its own work", ("owner", "subjects"), list(owners.items()), numbers=("subjects",))
        as_table("Would make clean by its own work", ("site", "subjects"), list(sites.items()), numbers=("subjects",))


def _cut(count: int) -> str:
    return f", the first {SHOWN} of {count:,}" if count > SHOWN else ""


def _ready(found: Readiness) -> tuple[object, ...]:
    labels = [str(group.subject_id) for group in found.deciding]
    return (
        found.population.title,
        found.members,
        found.perhaps,
        f"{100 * found.population.target:.0f} %",
        found.answer,
        _share(found.share_if, found.interval_if),
        found.proxy or "list",
        found.why,
        ", ".join(labels[:3]) + (f" and {len(labels) - 3} more" if len(labels) > 3 else ""),  # noqa: PLR2004 - a few, to know which
    )


def subject_shown(clean: Clean, group: Group, gates: tuple[str, ...]) -> None:
    """One subject: each criterion, and every row that stands in its way."""
    number = clean.measures.universe.groups(Level.SUBJECT).index(group)
    low, high = (one[number] for one in clean.progress)
    overall = clean.overall(gates)[number]
    OUT.print(f"[bold]{printable(group.subject_id or '')}[/bold], {printable(group.site_id or 'no site')}: {OUTCOMES[overall]}")
    if overall != NOT_APPLICABLE:
        OUT.print(f"Progress {low:.1f} %" if high - low < 1e-9 else f"Progress {low:.1f} to {high:.1f} %")  # noqa: PLR2004 - of rounding
    rows: list[tuple[object, ...]] = []
    for code, criterion in CRITERIA.items():
        judged = clean.judged(code)
        outcome = OUTCOMES[judged.outcome[number]]
        items = None if outcome is Outcome.UNKNOWN else int(judged.items[number])
        rows.append((code, criterion.title, code in gates, outcome, items, judged.reason[number] or ""))
    as_table("Criteria", ("criterion", "what", "gate", "outcome", "items", "why"), rows, numbers=("items",))
    as_table(
        "What stands in the way",
        ("criterion", "row", "state", "owner", "days", "urgency", "next"),
        [
            (one.criterion, one.row_ref, one.state, f"{one.owner} ({one.owner_source})", one.days, one.urgency, one.next_action)
            for one in blockers(clean, group)
        ],
        numbers=("days",),
        empty="Nothing stands in the way.",
    )
