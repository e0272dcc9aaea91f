"""``ncdm whatif``: what other thresholds, weights, caps, gates or targets would change, and the versions that people keep of it."""

from collections.abc import Sequence
from typing import Annotated, cast

import typer
from pydantic import TypeAdapter

from ncdm.commands.asking import state_at, study_of
from ncdm.commands.console import AsOf, Json, StudyArgument, as_json, errors_told, opened
from ncdm.commands.tried import versions_shown, what_if_shown
from ncdm.commands.weighing import numbers_named
from ncdm.errors import InvalidQuestion
from ncdm.measures.at import clean
from ncdm.measures.limits import Limits
from ncdm.measures.whatif import versions as kept_versions
from ncdm.measures.whatif.change import CHOICES, Change, limits, milestone_named
from ncdm.measures.whatif.compared import Compared
from ncdm.measures.whatif.outcome import keep, outcome
from ncdm.serve.measured.answers import SavedVersion, WhatIf
from ncdm.serve.measured.told_whatif import version_told, what_if_told
from ncdm.store.state import State
from ncdm.types import StudyId

_TWO, _THREE = 2, 3


def whatif(  # noqa: PLR0913, PLR0917 - a command has as many options as there are questions
    study: StudyArgument,
    thresholds: Annotated[
        list[str] | None,
        typer.Option(
            help="An indicator with amber, red and perhaps the least amount to be asked: op01=2.5,3.5 or op01=2,3,60. May be given again."
        ),
    ] = None,
    weights: Annotated[
        str | None, typer.Option(help="Dimensions or indicators of the index: visits=.3,queries=.1; the others share the rest.")
    ] = None,
    caps: Annotated[str | None, typer.Option(help="Caps of indicators of the index: edrr_issues=5.")] = None,
    milestone: Annotated[str | None, typer.Option(help=f"One of {', '.join(CHOICES)}; database_lock by default.")] = None,
    gates: Annotated[str | None, typer.Option(help="The criteria that must pass at the milestone, such as V,P,Q.")] = None,
    targets: Annotated[str | None, typer.Option(help="Shares of populations that must be clean: ITT=.9.")] = None,
    version: Annotated[int | None, typer.Option(help="Start from a saved version; what else is given comes on top.")] = None,
    versions: Annotated[bool, typer.Option("--versions", help="List the saved versions.")] = False,
    save: Annotated[str | None, typer.Option(help="Save the change as a version, with this reason; needs --author.")] = None,
    author: Annotated[str | None, typer.Option(help="Who saves; kept as written, since there are no accounts yet.")] = None,
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """Try other thresholds, weights, caps, gates or targets on a study: flags, clean subjects, workload and index before and after.

    Nothing is measured again, and nothing is stored unless you save it with a reason. A saved version is never changed or removed.
    """
    with errors_told(), state_at(as_of) as state:
        name = study_of(state, study)
        if versions:
            listed = _versions(name)
            if json:
                as_json(TypeAdapter(tuple[SavedVersion, ...]).dump_python(listed, mode="json"))
            else:
                versions_shown(name, listed)
            return
        started = None if version is None else _opened(name, version)
        at = milestone or (started.version.milestone if started is not None else "database_lock")
        milestone_named(at)
        base = Change() if started is None else started.change
        change = Change(
            limits={**base.limits, **_limits(thresholds or ())},
            weights={**base.weights, **numbers_named(weights, "--weights")},
            caps={**base.caps, **numbers_named(caps, "--caps")},
            gates={**base.gates, **({} if gates is None else {at: _gates(gates)})},
            targets={**base.targets, **{code.upper(): share for code, share in numbers_named(targets, "--targets").items()}},
        )
        found = _tried(state, name, change, at)
        saved = None if save is None else _saved(state, name, change, at, (author or "", save))
        if json:
            told = cast("dict[str, object]", TypeAdapter(WhatIf).dump_python(found, mode="json"))
            as_json(told if saved is None else {**told, "saved": TypeAdapter(SavedVersion).dump_python(saved, mode="json")})
        else:
            what_if_shown(name, found, saved)


def _tried(state: State, study: StudyId, change: Change, milestone: str) -> WhatIf:
    kept = keep(clean(state), study)
    return what_if_told(Compared(outcome(kept, Change(), milestone), outcome(kept, change, milestone)))


def _limits(given: Sequence[str]) -> dict[str, Limits]:
    """``op01=2.5,3.5`` and ``op01=2,3,60`` as limits by indicator."""
    found: dict[str, Limits] = {}
    for text in given:
        code, _sign, told = (part.strip() for part in text.partition("="))
        try:
            numbers = [float(part) for part in told.split(",")]
        except ValueError:
            numbers = []
        if len(numbers) not in {_TWO, _THREE} or code in found:
            raise InvalidQuestion(
                f"{text!r} gives no thresholds, or a second time",
                where="--thresholds",
                todo="Write op01=2.5,3.5, or with the least amount op01=2,3,60.",
            )
        found[code] = limits(code, numbers[0], numbers[1], numbers[2] if len(numbers) == _THREE else None)
    return found


def _gates(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code.strip().upper() for code in text.split(",") if code.strip()))


def _versions(study: StudyId) -> tuple[SavedVersion, ...]:
    with opened() as wiring:
        return tuple(version_told(one) for one in kept_versions.saved(wiring.engine, study))


def _opened(study: StudyId, number: int) -> kept_versions.Saved:
    with opened() as wiring:
        return kept_versions.opened(wiring.engine, study, number)


def _saved(state: State, study: StudyId, change: Change, milestone: str, said: tuple[str, str]) -> SavedVersion:
    with opened() as wiring:
        return version_told(kept_versions.save(wiring.engine, study, change, milestone, said, state.line.snapshot if state.line else 0))
