"""Key risk indicators in the words of the API."""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from ncdm.errors import InvalidQuestion, NotFound
from ncdm.measures.catalogue import KRI_BY_CODE
from ncdm.measures.defined import DEFINED
from ncdm.measures.grouped import Floats
from ncdm.measures.scored import METHODS
from ncdm.measures.signals import KriSignals, SignalState, StudySignals
from ncdm.measures.statistics import CountKind, GroupInput, GroupState, Kind, Method, normal_bounds
from ncdm.measures.statistics.law_bounds import law_bounds, walked
from ncdm.measures.value import Group
from ncdm.serve.measured import answers as say
from ncdm.serve.measured.places import known, pair, place_of, whole
from ncdm.serve.measured.told_definitions import definition_told

THRESHOLDS = (-3.0, -2.0, 0.0, 2.0, 3.0)
"""The lines of a funnel."""


def method_of(name: str) -> Method:
    """The method of that name that compares groups. Raises ``InvalidQuestion``."""
    for method in METHODS:
        if method == name:
            return method
    raise InvalidQuestion(f"there is no method {name}", where="method", todo=f"Ask for {', '.join(METHODS)}.")


def kri_told(found: KriSignals) -> say.Kri:
    """One indicator over a study."""
    scored = sum(state is GroupState.SCORED for state in found.scores.state)
    reasons = sorted({reason for reason in found.reason if reason is not None})
    return say.Kri(
        code=found.kri.code,
        title=found.kri.title,
        unit=found.kri.unit,
        denominator_unit=" and ".join(dict.fromkeys(count.unit for count in found.kri.under)),
        kind=str(found.kri.kind),
        direction=str(found.kri.direction),
        accrual=str(found.kri.accrual),
        overall=known(found.scores.overall),
        red=found.red,
        amber=found.amber,
        expected_false=found.expected_false,
        scored=scored,
        silent=None if scored else "; ".join(reasons[:3]) or "the study has no site",
        unplaced=found.unplaced,
    )


def _state(found: KriSignals, place: int) -> SignalState:
    """That a denominator is 0 is known; that no report has it is not."""
    state = found.state[place]
    return SignalState.UNKNOWN if state is SignalState.NO_DENOMINATOR and np.isnan(found.scores.denominator[place]) else state


def signal_told(found: KriSignals, place: int) -> say.Signal:
    """One group by one indicator."""
    scores = found.scores
    return say.Signal(
        numerator=known(scores.numerator[place]),
        denominator=known(scores.denominator[place]),
        metric=known(scores.metric[place]),
        expected=known(scores.expected[place]),
        score=known(scores.score[place]),
        flag=whole(found.flag[place]),
        fixed=whole(found.fixed[place]),
        p=known(scores.p[place]),
        q=known(found.q[place]),
        ratio=known(scores.ratio[place]),
        interval=pair(scores.ratio_low[place], scores.ratio_high[place]),
        state=_state(found, place),
        reason=found.reason[place],
    )


def signals_told(found: StudySignals, subjects: Mapping[Group, int]) -> say.Signals:
    """All indicators over the groups of a study."""
    return say.Signals(
        level=found.level,
        method=str(found.method),
        kris=tuple(kri_told(one) for one in found.kris),
        groups=tuple(
            say.SignalGroup(
                place=place_of(group),
                subjects=subjects.get(group, 0),
                red=int(found.red[place]),
                amber=int(found.amber[place]),
                risk=None if (risk := found.risk[place]) is None or risk.reason is not None else risk.score,
                composite=known(found.composite[place]),
                signals=tuple(signal_told(one, place) for one in found.kris),
            )
            for place, group in enumerate(found.groups)
        ),
        flagged=found.flagged,
        expected_false=found.expected_false,
    )


def of_kri(found: StudySignals, code: str) -> KriSignals:
    """One indicator of a study. Raises ``NotFound``, or ``InvalidQuestion`` for one that the method leaves out."""
    for one in found.kris:
        if one.kri.code == code:
            return one
    if code in KRI_BY_CODE:
        raise InvalidQuestion(
            f"{code} is a rate, and Fisher's test is of shares", where="method", todo="Ask for calibrated, gsm-normal or gsm-poisson."
        )
    raise NotFound(f"there is no indicator {code}", todo=f"Indicators: {', '.join(KRI_BY_CODE)}.")


def detail_told(found: StudySignals, code: str, subjects: Mapping[Group, int], past: Sequence[tuple[date, StudySignals]]) -> say.KriDetail:
    """One indicator with its funnel and its past. ``past`` ends with the snapshot that is shown."""
    of = of_kri(found, code)
    seen = of.detectable() if found.method is Method.CALIBRATED and of.scores.law is not None else None
    earlier = [{group: place for place, group in enumerate(signals.groups)} for _day, signals in past]
    before = [of_kri(signals, code) for _day, signals in past]

    def over(group: Group, values: Sequence[Floats]) -> list[float]:
        return [float(told[places[group]]) if group in places else np.nan for places, told in zip(earlier, values, strict=True)]

    return say.KriDetail(
        kri=kri_told(of),
        definition=definition_told(DEFINED[code]),
        level=found.level,
        method=str(found.method),
        groups=tuple(
            say.KriGroup(
                place=place_of(group),
                subjects=subjects.get(group, 0),
                signal=signal_told(of, place),
                detectable=say.Detectable(
                    up=None if seen is None else known(seen.up[place]),
                    down=None if seen is None else known(seen.down[place]),
                    silence=None if seen is None or np.isnan(of.scores.metric[place]) else bool(seen.silence[place]),
                ),
                history=tuple(whole(flag) for flag in over(group, [one.flag for one in before])),
                metrics=tuple(known(metric) for metric in over(group, [one.scores.metric for one in before])),
            )
            for place, group in enumerate(of.groups)
        ),
        bounds=_bounds(of, found.method),
        days=tuple(day for day, _signals in past),
    )


def _bounds(found: KriSignals, method: Method) -> tuple[say.Bound, ...]:
    """The lines of the funnel; none where nobody knows what is usual."""
    scores = found.scores
    inside = ~np.isnan(scores.metric)
    if method is Method.CALIBRATED and scores.law is not None:
        sizes = walked(scores.denominator[inside])
        # The line of the study is its level, and not where z is 0: of counts the middle lies beside the mean.
        return tuple(
            _line(score, sizes, law_bounds(scores.law, sizes, score) if score else np.full(sizes.shape, scores.overall))
            for score in THRESHOLDS
        )
    if method is Method.GSM_NORMAL and np.any(inside):
        of = GroupInput(tuple(str(place) for place in np.flatnonzero(inside)), scores.numerator[inside], scores.denominator[inside])
        kind = Kind.BINARY if found.kri.kind is CountKind.BINARY else Kind.RATE
        told = normal_bounds(of, kind, tuple(score for score in THRESHOLDS if score))
        lines = []
        for score in THRESHOLDS:
            denominator, numerator = told.line(score)
            lines.append(_line(score, denominator, numerator / denominator))
        return tuple(lines)
    return ()


def _line(score: float, denominators: Floats, metrics: Floats) -> say.Bound:
    told = np.isfinite(metrics)
    return say.Bound(score=score, denominators=tuple(denominators[told].tolist()), metrics=tuple(metrics[told].tolist()))
