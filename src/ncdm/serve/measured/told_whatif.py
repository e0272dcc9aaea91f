"""What-if in the words of the API."""

from ncdm.measures.catalogue import KRIS
from ncdm.measures.clean import CRITERIA
from ncdm.measures.quality.quality import QualityValue
from ncdm.measures.readiness import POPULATIONS
from ncdm.measures.signals import KriSignals
from ncdm.measures.statistics import GroupState
from ncdm.measures.whatif.change import CHOICES, INDEX, Change
from ncdm.measures.whatif.compared import Compared, moved
from ncdm.measures.whatif.outcome import Outcome
from ncdm.measures.whatif.versions import Saved
from ncdm.measures.whatif.written import config_hash
from ncdm.serve.measured import answers as say
from ncdm.serve.measured.places import known, place_of
from ncdm.serve.measured.told_clean import milestone_told, standing_told
from ncdm.serve.measured.told_quality import value_told

_NONE = Change()


def plan_told() -> say.Plan:
    """Everything that is published and can be changed."""
    return say.Plan(
        kris=tuple(
            say.KriPlan(
                code=kri.code,
                title=kri.title,
                unit=kri.unit,
                direction=str(kri.direction),
                amber=_NONE.limits_of(kri.code).amber,
                red=_NONE.limits_of(kri.code).red,
                accrual=float(kri.accrual.limit),
                accrual_of=str(kri.accrual.metric),
            )
            for kri in KRIS
        ),
        index=tuple(
            say.IndexPlan(code=one.code, title=one.title, dimension=one.dimension, unit=one.unit, weight=one.weight, cap=one.cap)
            for one in INDEX.indicators
        ),
        milestones=tuple(milestone_told(one) for one in CHOICES.values()),
        criteria=tuple(say.Named(code=code, title=one.title) for code, one in CRITERIA.items()),
        targets=tuple(say.TargetPlan(code=one.code, title=one.title, target=one.target) for one in POPULATIONS),
        config_hash=config_hash(_NONE),
    )


def change_told(change: Change) -> say.Change:
    """A change."""
    return say.Change(
        limits={
            code: say.ChangedLimits(amber=one.amber, red=one.red, accrual=None if one.accrual is None else one.accrual.limit)
            for code, one in change.limits.items()
        },
        weights=dict(change.weights),
        caps=dict(change.caps),
        gates=dict(change.gates),
        targets=dict(change.targets),
    )


def what_if_told(found: Compared) -> say.WhatIf:
    """A study before and after."""
    before, after = found.before, found.after
    return say.WhatIf(
        change=change_told(after.change),
        config_hash=config_hash(after.change),
        base_hash=config_hash(before.change),
        milestone=milestone_told(after.milestone),
        gates_before=before.milestone.gates,
        flags_before=_totals(before),
        flags_after=_totals(after),
        newly_flagged=tuple(group.label for group in found.newly_flagged),
        cleared=tuple(group.label for group in found.cleared),
        silenced=tuple(group.label for group in found.silenced),
        kris=tuple(_kri(found, *pair) for pair in found.kris),
        clean_before=standing_told(before.standing),
        clean_after=standing_told(after.standing),
        one_step_before=len(before.one_step),
        one_step_after=len(after.one_step),
        becomes_clean=tuple(group.label for group in found.becomes_clean),
        no_longer_clean=tuple(group.label for group in found.no_longer_clean),
        strata=tuple(
            say.StratumMove(status=status, before=standing_told(was), after=standing_told(after.strata[status]))
            for status, was in before.strata.items()
        ),
        work=tuple(say.WorkMove(owner=one.owner, before=one.before, after=one.after) for one in found.work),
        readiness=tuple(
            say.ReadyMove(
                code=was.population.code,
                title=was.population.title,
                target_before=was.population.target,
                target_after=becomes.population.target,
                before=was.answer,
                after=becomes.answer,
                why=becomes.why,
            )
            for was, becomes in zip(before.readiness, after.readiness, strict=True)
        ),
        quality_before=value_told(before.whole),
        quality_after=value_told(after.whole),
        weights=_weights(before.change, after.change),
        sites=tuple(
            say.SiteIndexMove(place=place_of(one.before.group), before=_index(one.before), after=_index(one.after)) for one in found.sites
        ),
    )


def version_told(found: Saved) -> say.SavedVersion:
    """A saved version."""
    version = found.version
    return say.SavedVersion(
        number=version.number,
        saved_at=version.saved_at,
        author=version.author,
        reason=version.reason,
        milestone=version.milestone,
        change=change_told(found.change),
        config_hash=version.config_hash,
        still_the_same=config_hash(found.change) == version.config_hash,
        snapshot=version.snapshot,
        software=version.software,
    )


def _totals(one: Outcome) -> say.FlagTotals:
    signals = one.signals
    return say.FlagTotals(
        red=int(signals.red.sum()),
        amber=int(signals.amber.sum()),
        sites=signals.flagged,
        expected_false=sum(kri.expected_false for kri in signals.kris if kri.kri.weights),
    )


def _kri(found: Compared, before: KriSignals, after: KriSignals) -> say.KriMove:
    return say.KriMove(
        code=before.kri.code,
        title=before.kri.title,
        site_risk=bool(before.kri.weights),
        before=_count(found.before, before),
        after=_count(found.after, after),
        moved=tuple(
            say.FlagMove(
                place=place_of(one.group),
                score_before=known(before.scores.score[one.place]),
                score_after=known(after.scores.score[one.place]),
                before=one.before,
                after=one.after,
            )
            for one in moved(before, after)
        ),
    )


def _count(of: Outcome, signals: KriSignals) -> say.FlagCount:
    limits = of.change.limits_of(signals.kri.code)
    return say.FlagCount(
        amber_from=limits.amber,
        red_from=limits.red,
        accrual=float(signals.kri.accrual.limit if limits.accrual is None else limits.accrual.limit),
        red=signals.red,
        amber=signals.amber,
        scored=sum(state is GroupState.SCORED for state in signals.scores.state),
        expected_false=signals.expected_false,
    )


def _weights(before: Change, after: Change) -> tuple[say.WeightMove, ...]:
    return tuple(
        say.WeightMove(
            code=was.code,
            title=was.title,
            dimension=was.dimension,
            weight_before=was.weight,
            weight_after=becomes.weight,
            cap_before=was.cap,
            cap_after=becomes.cap,
        )
        for was, becomes in zip(before.index().indicators, after.index().indicators, strict=True)
    )


def _index(value: QualityValue) -> say.SiteIndex:
    return say.SiteIndex(value=value.value, band=value.band, rank=value.rank)
