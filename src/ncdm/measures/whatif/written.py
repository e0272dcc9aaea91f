"""A change as plain JSON and back, and the name of the whole configuration that it gives."""

import hashlib
import json
from collections.abc import Mapping

from ncdm.errors import StoreDamaged
from ncdm.measures.catalogue import KRIS
from ncdm.measures.index import Index
from ncdm.measures.limits import Limits
from ncdm.measures.readiness import POPULATIONS
from ncdm.measures.whatif.change import CHOICES, Change, limits

SCHEMA = 1
"""The shape of what `written` gives; a version keeps the one it was saved in."""

Json = Mapping[str, object]


def written(change: Change) -> dict[str, object]:
    """A change as JSON: `read` gives it back."""
    return {
        "limits": {
            code: {"amber": one.amber, "red": one.red, "accrual": None if one.accrual is None else one.accrual.limit}
            for code, one in sorted(change.limits.items())
        },
        "weights": dict(sorted(change.weights.items())),
        "caps": dict(sorted(change.caps.items())),
        "gates": {code: list(gates) for code, gates in sorted(change.gates.items())},
        "targets": dict(sorted(change.targets.items())),
    }


def read(told: Json, schema: int = SCHEMA) -> Change:
    """The change that was written. Raises `StoreDamaged` for another shape, and `InvalidQuestion` for what has no meaning any more."""
    if schema != SCHEMA:
        raise StoreDamaged(
            f"a change of shape {schema} is not known",
            where="saved versions",
            todo="Use the version of ncdm that wrote it, or a newer one.",
        )
    found = {name: _table(told, name) for name in ("limits", "weights", "caps", "gates", "targets")}
    return Change(
        limits={code: _limits(code, one) for code, one in found["limits"].items()},
        weights={code: _number(one) for code, one in found["weights"].items()},
        caps={code: _number(one) for code, one in found["caps"].items()},
        gates={code: tuple(map(str, one)) if isinstance(one, list | tuple) else () for code, one in found["gates"].items()},
        targets={code: _number(one) for code, one in found["targets"].items()},
    )


def configuration(change: Change) -> dict[str, object]:
    """Everything that holds under a change, published parts included."""
    index = change.index()
    return {
        "schema": SCHEMA,
        "kris": {
            kri.code: {"amber": float(one.amber), "red": float(one.red), "accrual": str(one.accrual), "direction": str(kri.direction)}
            for kri in KRIS
            for one in [change.limits_of(kri.code)]
        },
        "index": _index(index),
        "milestones": {code: list(change.milestone(code).gates) for code in CHOICES},
        "targets": {one.code: float(change.population(one).target) for one in POPULATIONS},
    }


def config_hash(change: Change) -> str:
    """SHA-256 of the configuration: equal for changes that come to the same."""
    return hashlib.sha256(json.dumps(configuration(change), sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _index(index: Index) -> dict[str, object]:
    # Shares that come to the same by another way of reckoning differ in their last digits.
    return {
        "code": index.code,
        "version": index.version,
        "indicators": {one.code: [round(float(one.weight), 12), float(one.cap)] for one in index.indicators},
        "ceilings": {one.code: float(one.at_most) for one in index.ceilings},
    }


def _table(told: Json, name: str) -> dict[str, object]:
    found = told.get(name, {})
    if not isinstance(found, Mapping):
        raise _damaged(name)
    return {str(key): one for key, one in found.items()}


def _limits(code: str, told: object) -> Limits:
    if not isinstance(told, Mapping):
        raise _damaged(code)
    accrual = told.get("accrual")
    return limits(code, _number(told.get("amber")), _number(told.get("red")), None if accrual is None else _number(accrual))


def _number(told: object) -> float:
    if isinstance(told, bool) or not isinstance(told, int | float):
        raise _damaged(repr(told))
    return float(told)


def _damaged(where: str) -> StoreDamaged:
    return StoreDamaged("a saved change cannot be read", where=where, todo="Restore the data folder from its backup.")
