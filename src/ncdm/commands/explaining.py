"""``ncdm explain``: what a number means, why it matters, and what cannot be computed."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Annotated

import typer

from ncdm.commands.console import OUT, Json, as_json, as_table, errors_told, printable
from ncdm.errors import InvalidQuestion
from ncdm.measures.catalogue import KRI_BY_CODE, MEASURES
from ncdm.measures.clean import CRITERIA, MILESTONES
from ncdm.measures.criterion import Criterion
from ncdm.measures.kri import Kri
from ncdm.measures.measure import Count, Measure, Ratio
from ncdm.measures.not_computable import NOT_COMPUTABLE

DEFINED: Mapping[str, Measure | Kri | Criterion] = {**MEASURES, **KRI_BY_CODE, **CRITERIA}


def explain(
    code: Annotated[
        str | None, typer.Argument(help="A measure (query_rate), a KRI (op01), a criterion (Q), or what cannot be computed.")
    ] = None,
    json: Json = False,
) -> None:
    """What a number is: what, why it matters, formula, source, example, limits. Without a code: everything there is, and what cannot be computed."""
    with errors_told():
        if code is None:
            _list(json=json)
        elif code in NOT_COMPUTABLE:
            one = NOT_COMPUTABLE[code]
            if json:
                as_json({"code": one.code, "kind": "not computable", "title": one.title, "why": one.why, "needs": one.needs})
            else:
                OUT.print(
                    f"[bold]{printable(one.title)}[/bold] cannot be computed.\n  why: {one.why}\n  needs: {one.needs}", soft_wrap=True
                )
        else:
            _tell(_found(code), json=json)


def _found(code: str) -> Measure | Kri | Criterion:
    """The declaration of that code, in any case of letters. Raises `InvalidQuestion` with the nearest."""
    known = {name.lower(): one for name, one in DEFINED.items()}
    if code.lower() not in known:
        near = get_close_matches(code.lower(), [*known, *NOT_COMPUTABLE], n=5) or ["ncdm explain, for all of them"]
        raise InvalidQuestion(f"nothing is called {code}", todo=f"Ask for {', '.join(near)}.")
    return known[code.lower()]


def _kind(one: Measure | Kri | Criterion) -> str:
    if isinstance(one, Kri):
        return "key risk indicator"
    if isinstance(one, Criterion):
        return "criterion"
    return "count" if isinstance(one, Count) else "ratio" if isinstance(one, Ratio) else "spread"


def _told(one: Measure | Kri | Criterion) -> dict[str, object]:
    definition = one.definition
    told: dict[str, object] = {
        "code": one.code,
        "kind": _kind(one),
        "title": one.title,
        "what": definition.what,
        "why": definition.why,
        "formula": definition.formula,
        "source": definition.source,
        "example": definition.example,
        "limits": definition.limits,
    }
    if isinstance(one, Criterion):
        return told | {
            "weight": one.weight,
            "owner": one.owner,
            "milestones": [name for name, each in MILESTONES.items() if one.code in each.gates],
        }
    return told | {"unit": one.unit} | ({} if isinstance(one, Kri) else {"needs": list(one.needs)})


def _tell(one: Measure | Kri | Criterion, *, json: bool) -> None:
    told = _told(one)
    if json:
        as_json(told)
        return
    OUT.print(f"[bold]{printable(one.title)}[/bold] ({one.code}, {told['kind']})")
    for name, value in told.items():
        if name not in {"code", "kind", "title"}:
            said = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
            OUT.print(f"  {name}: {printable(said)}", soft_wrap=True)


def _list(*, json: bool) -> None:
    rows = [(one.code, _kind(one), one.title) for one in DEFINED.values()]
    if json:
        as_json(
            {
                "measures": [dict(zip(("code", "kind", "title"), row, strict=True)) for row in rows],
                "not_computable": [
                    {"code": one.code, "title": one.title, "why": one.why, "needs": one.needs} for one in NOT_COMPUTABLE.values()
                ],
            }
        )
        return
    as_table("What is computed: ncdm explain CODE", ("code", "kind", "title"), rows)
    OUT.print("")
    as_table(
        "What cannot be computed, and why", ("code", "what", "why"), [(one.code, one.title, one.why) for one in NOT_COMPUTABLE.values()]
    )
