"""``ncdm kri``: which sites or countries differ from the others more than chance, and the rows behind each figure."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

import numpy as np
import typer

from ncdm.commands.asking import state_at, study_of
from ncdm.commands.console import OUT, AsOf, Json, MaybeStudy, as_json, as_table, errors_told
from ncdm.errors import InvalidQuestion, NotFound
from ncdm.measures.at import measures
from ncdm.measures.catalogue import KRIS
from ncdm.measures.compute import Measures
from ncdm.measures.kri import Kri
from ncdm.measures.signals import KriSignals, SignalState, StudySignals, study_signals
from ncdm.measures.statistics import GroupState, Method
from ncdm.measures.value import Group, Level

_WORDS = {2: "red, high", 1: "amber, high", 0: "no flag", -1: "amber, low", -2: "red, low"}
_SUMMARY = ("study", "kri", "title", "asked", "scored", "red", "amber", "by chance", "level")
_SIGNAL = ("study", "kri", "group", "N", "D", "metric", "expected", "score", "p", "q", "ratio", "90 %", "flag", "state")
_LISTED = 50


class Compared(StrEnum):
    """The levels whose groups are compared: `LEVELS` as a choice on the command line."""

    SITE = Level.SITE
    COUNTRY = Level.COUNTRY


class Comparing(StrEnum):
    """The methods that compare groups of a study: `METHODS` as a choice on the command line."""

    CALIBRATED = Method.CALIBRATED
    GSM_NORMAL = Method.GSM_NORMAL
    GSM_POISSON = Method.GSM_POISSON
    FISHER = Method.FISHER


def kri(
    study: MaybeStudy = None,
    level: Annotated[Compared, typer.Option(help="Which groups are compared.")] = Compared.SITE,
    method: Annotated[Comparing, typer.Option(help="How groups are scored.")] = Comparing.CALIBRATED,
    kri: Annotated[str | None, typer.Option(help="Only this indicator, as op01; op10 means all that begin so. Lists every group.")] = None,
    rows: Annotated[str | None, typer.Option(help="The rows behind this group's figures; needs a study and --kri.")] = None,
    detectable: Annotated[bool, typer.Option(help="Also the smallest ratio that would be noticed in each group.")] = False,
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """Say which sites or countries differ from the others of their study more than chance, by each key risk indicator.

    Flags: red and amber, high or low, only on the side that is a risk; a red flag also survives the number of questions asked. What cannot be
    said has its reason. Each study is compared within itself.
    """
    with errors_told(), state_at(as_of) as state:
        found = measures(state)
        wanted = _wanted(kri)
        names = found.universe.studies if study is None else (study_of(state, study),)
        if rows is not None:
            if study is None or kri is None:
                raise InvalidQuestion(
                    "rows of which study and indicator?", where="--rows", todo="Name the study, and an indicator with --kri."
                )
            groups = tuple(group for group in found.universe.groups(Level(level)) if group.study_id == names[0])
            _rows(found, groups, wanted, rows, json=json)
            return
        signals = [study_signals(found, name, Level(level), Method(method)) for name in names]
        if json:
            as_json([_study(of_study, wanted, detectable=detectable) for of_study in signals])
        elif kri is None:
            _summary(signals)
        else:
            lines = [line for of_study in signals for of_kri in of_study.kris if of_kri.kri in wanted for line in _lines(of_study, of_kri)]
            as_table(f"{', '.join(one.title for one in wanted)}, {method}", _SIGNAL, lines, numbers=_SIGNAL[3:12])


def _wanted(code: str | None) -> tuple[Kri, ...]:
    found = tuple(kri for kri in KRIS if code is None or kri.code == code or kri.code.startswith(f"{code}_"))
    if not found:
        raise NotFound(f"there is no indicator {code}", todo=f"Indicators: {', '.join(kri.code for kri in KRIS)}.")
    return found


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _study(of_study: StudySignals, wanted: Sequence[Kri], *, detectable: bool) -> dict[str, object]:
    """One study for programs."""
    return {
        "study": of_study.study_id,
        "level": of_study.level,
        "method": of_study.method,
        "groups": len(of_study.groups),
        "groups_flagged": of_study.flagged,
        "expected_false_flags": of_study.expected_false,
        "totals": [
            {
                "group": group.label,
                "red": int(of_study.red[place]),
                "amber": int(of_study.amber[place]),
                "risk_score": None if risk is None or risk.reason is not None else risk.score,
                "composite_p": _known(of_study.composite[place]),
            }
            for place, (group, risk) in enumerate(zip(of_study.groups, of_study.risk, strict=True))
        ],
        "kris": [_of_kri(of_kri, detectable=detectable) for of_kri in of_study.kris if of_kri.kri in wanted],
    }


def _of_kri(found: KriSignals, *, detectable: bool) -> dict[str, object]:
    scores = found.scores
    seen = found.detectable() if detectable else None
    return {
        "kri": found.kri.code,
        "title": found.kri.title,
        "kind": found.kri.kind,
        "direction": found.kri.direction,
        "accumulation": found.kri.accumulation,
        "accrual": str(found.kri.accrual),
        "level": _known(scores.overall),
        "spread": _known(scores.spread),
        "red": found.red,
        "amber": found.amber,
        "expected_false_flags": found.expected_false,
        "without_group": dict(zip(("Numerator", "Denominator"), found.unplaced, strict=True)),
        "groups": [
            {
                "GroupID": group.label,
                "Numerator": _known(scores.numerator[place]),
                "Denominator": _known(scores.denominator[place]),
                "Metric": _known(scores.metric[place]),
                "Score": _known(scores.score[place]),
                "Flag": None if np.isnan(found.flag[place]) else int(found.flag[place]),
                "fixed_flag": None if np.isnan(found.fixed[place]) else int(found.fixed[place]),
                "expected": _known(scores.expected[place]),
                "ratio": _known(scores.ratio[place]),
                "interval": None if np.isnan(scores.ratio[place]) else [float(scores.ratio_low[place]), float(scores.ratio_high[place])],
                "p": _known(scores.p[place]),
                "q": _known(found.q[place]),
                "state": found.state[place],
                "reason": found.reason[place],
                **(
                    {}
                    if seen is None
                    else {
                        "detectable_up": _known(seen.up[place]),
                        "detectable_down": _known(seen.down[place]),
                        "silence_detectable": bool(seen.silence[place]) if not np.isnan(scores.metric[place]) else None,
                    }
                ),
            }
            for place, group in enumerate(found.groups)
        ],
    }


def _summary(signals: Sequence[StudySignals]) -> None:
    rows = [
        (
            of_study.study_id,
            found.kri.code,
            found.kri.title,
            sum(state is not SignalState.NO_DENOMINATOR for state in found.state),
            sum(state is GroupState.SCORED for state in found.scores.state),
            found.red,
            found.amber,
            f"{found.expected_false:.1f}",
            _level(found),
        )
        for of_study in signals
        for found in of_study.kris
    ]
    as_table("Key risk indicators", _SUMMARY, rows, numbers=_SUMMARY[3:])
    flagged = [
        (-abs(found.flag[place]), line)
        for of_study in signals
        for found in of_study.kris
        for place, line in enumerate(_lines(of_study, found))
        if abs(found.flag[place]) > 0
    ]
    flagged.sort(key=lambda entry: entry[0])
    if flagged:
        as_table("Flags, red first", _SIGNAL, [line for _, line in flagged[:_LISTED]], numbers=_SIGNAL[3:12])
        if len(flagged) > _LISTED:
            OUT.print(f"{len(flagged) - _LISTED} more; see ncdm kri STUDY --kri CODE, or --json.")
    for of_study in signals:
        noun = "country" if of_study.level is Level.COUNTRY else "site"
        many = noun.replace("country", "countrie") + "s"
        OUT.print(
            f"{of_study.study_id}: {of_study.flagged} of {len(of_study.groups)} {many} flagged;"
            f" chance alone would raise about {of_study.expected_false:.1f} flags."
        )


def _level(found: KriSignals) -> str:
    if not np.isnan(found.scores.overall):
        return f"{found.scores.overall:.4g}"
    reasons = {reason for state, reason in zip(found.state, found.reason, strict=True) if state is not SignalState.BELOW_ACCRUAL and reason}
    return reasons.pop() if len(reasons) == 1 else "too few groups with enough data"


def _lines(of_study: StudySignals, found: KriSignals) -> list[tuple[object, ...]]:
    scores = found.scores
    return [
        (
            of_study.study_id,
            found.kri.code,
            group.label,
            _short(scores.numerator[place]),
            _short(scores.denominator[place]),
            *(_short(array[place]) for array in (scores.metric, scores.expected, scores.score, scores.p, found.q, scores.ratio)),
            "" if np.isnan(scores.ratio[place]) else f"{scores.ratio_low[place]:.2f} to {scores.ratio_high[place]:.2f}",
            "" if np.isnan(found.flag[place]) else _WORDS[int(found.flag[place])],
            found.state[place] if found.reason[place] is None else f"{found.state[place]}: {found.reason[place]}",
        )
        for place, group in enumerate(found.groups)
    ]


def _short(value: float) -> str:
    return "" if np.isnan(value) else f"{value:,.0f}" if float(value).is_integer() else f"{value:.4g}"


def _rows(found: Measures, groups: Sequence[Group], wanted: Sequence[Kri], group: str, *, json: bool) -> None:
    """The rows behind numerator and denominator of one group."""
    named = {one.label.lower(): one for one in groups}
    digits = f"site {group.strip()}".lower()
    here = named.get(group.strip().lower(), named.get(digits))
    if here is None:
        raise NotFound(
            f"there is no group {group} in this study",
            todo=f"Groups: {', '.join(one.label for one in groups[:_LISTED])}.",
        )
    parts = [
        (kri.code, part, count.code, ref, amount)
        for kri in wanted
        for part, counts in (("numerator", kri.over), ("denominator", kri.under))
        for count in counts
        for ref, amount in found.rows(count, here)
    ]
    columns = ("kri", "part", "count", "row", "adds")
    if json:
        as_json([dict(zip(columns, part, strict=True)) for part in parts])
        return
    as_table(f"{here.study_id}, {here.label}: {len(parts):,} rows", columns, parts, numbers=("adds",))
