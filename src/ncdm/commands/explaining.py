"""``ncdm explain`` and ``measure``: what each number means, what cannot be computed, and the numbers with their rows."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Annotated

import typer

from ncdm.commands.asking import state_at, study_of
from ncdm.commands.console import OUT, AsOf, Json, MaybeStudy, as_json, as_table, errors_told, printable
from ncdm.errors import InvalidQuestion, NotFound
from ncdm.measures.at import measures
from ncdm.measures.catalogue import MEASURES
from ncdm.measures.compute import Measures
from ncdm.measures.defined import DEFINED, Defined
from ncdm.measures.measure import Count, Measure, Ratio, Spread
from ncdm.measures.not_computable import NOT_COMPUTABLE, NotComputable
from ncdm.measures.value import Group, Level, Value
from ncdm.types import StudyId

_SHOWN = 50
"""So many rows fit on a screen; JSON has all."""
_SILENT = {line.code: line for line in NOT_COMPUTABLE}
MeasureCode = Annotated[str, typer.Argument(help="A measure, as open_queries; ncdm explain lists them.")]


def explain(
    code: Annotated[
        str | None,
        typer.Argument(
            help="A measure (query_rate), a KRI (op01), a criterion (Q), an index (dqi_default), or what cannot be computed; all by default."
        ),
    ] = None,
    json: Json = False,
) -> None:
    """What a number is: what, why it matters, formula, source, example, limits. Without a code: everything there is, and what cannot be computed."""
    with errors_told():
        if code is not None:
            found = _named(code)
            entry = _gap(found) if isinstance(found, NotComputable) else definition(found)
            if json:
                as_json(entry)
                return
            for name, said in entry.items():
                OUT.print(f"[bold]{name}[/bold]: {printable(_plainly(said))}", soft_wrap=True)
            return
        if json:
            as_json({"measures": [definition(one) for one in DEFINED.values()], "not_computable": [_gap(one) for one in NOT_COMPUTABLE]})
            return
        as_table(
            "What is computed", ("code", "title", "unit", "kind"), [(one.code, one.title, one.unit, one.kind) for one in DEFINED.values()]
        )
        OUT.print()
        as_table("Not computable", ("code", "title", "why"), [(one.code, one.title, one.why) for one in NOT_COMPUTABLE])
        OUT.print("What one means: ncdm explain CODE. The values of a count, ratio or spread: ncdm measure CODE.")


def _named(code: str) -> Defined | NotComputable:
    """What has that code, in any case of letters. Raises `InvalidQuestion` with the nearest."""
    known: dict[str, Defined | NotComputable] = {name.lower(): one for name, one in DEFINED.items()}
    known |= {name.lower(): one for name, one in _SILENT.items()}
    found = known.get(code.lower())
    if found is None:
        near = get_close_matches(code.lower(), known, n=3) or [one for one in known if code.lower() in one][:3]
        raise InvalidQuestion(
            f"nothing is called {code}", where="CODE", todo=f"Ask for {', '.join(near)}." if near else "All of them: ncdm explain."
        )
    return found


def _measured(code: str) -> Measure:
    """The measure with that code. Raises `InvalidQuestion`, also for what has another command."""
    found = _named(code)
    if isinstance(found, NotComputable):
        raise InvalidQuestion(f"{found.title} cannot be computed: {found.why}", where="CODE", todo=f"Needed: {found.needed}")
    if found.code not in MEASURES:
        raise InvalidQuestion(
            f"{found.code} is no measure but a {found.kind}", where="CODE", todo=f"Its values: ncdm {_COMMANDS[found.kind]} STUDY."
        )
    return MEASURES[found.code]


_COMMANDS: Mapping[str, str] = {"key risk indicator": "kri", "criterion": "clean", "index": "dqi", "feature": "features"}


def definition(one: Defined) -> dict[str, object]:
    """Everything that is declared of a number."""
    said = one.definition
    return {
        "code": one.code,
        "title": one.title,
        "kind": one.kind,
        "unit": one.unit,
        "what": said.what,
        "why": said.why,
        "formula": said.formula,
        "source": said.source,
        "example": said.example,
        "limits": said.limits,
        **{name: list(fact) if isinstance(fact, tuple) else fact for name, fact in one.facts.items()},
    }


def _gap(line: NotComputable) -> dict[str, object]:
    return {"code": line.code, "title": line.title, "not computable": line.why, "needed": line.needed, "source": line.source}


def _plainly(said: object) -> str:
    return ", ".join(map(str, said)) if isinstance(said, list) else str(said)


def measure(
    code: MeasureCode,
    study: MaybeStudy = None,
    level: Annotated[Level, typer.Option(help="How far rows are brought together.")] = Level.STUDY,
    group: Annotated[str | None, typer.Option(help="Only this subject, site, country or region.")] = None,
    rows: Annotated[bool, typer.Option("--rows", help="The rows behind it, instead of the values.")] = False,
    by: Annotated[str | None, typer.Option(help="A count by what stands in a column of its rows, as form_label.")] = None,
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """The values of a measure with their state, numerator and denominator, and the rows behind them."""
    with errors_told():
        found = _measured(code)
        with state_at(as_of) as state:
            wanted = None if study is None else study_of(state, study)
            told = measures(state)
            values = [
                value
                for value in told.values(found, level, None if level is Level.PORTFOLIO else wanted)
                if group is None or value.group.label == group
            ]
            if not values:
                raise NotFound(f"there is no {level} {group or ''}".rstrip(), where="--group", todo=_sites(told, level, wanted))
            if rows or by is not None:
                _opened(told, found, _one(values, level, wanted), by, json=json)
            else:
                _valued(found, values, level, json=json)


def _sites(told: Measures, level: Level, study: StudyId | None) -> str:
    labels = [group.label for group in told.universe.groups(level) if study in (None, group.study_id)]
    return f"Some of them: {', '.join(labels[:5])}." if labels else f"No {level} is known here."


def _one(values: list[Value], level: Level, study: StudyId | None) -> Group:
    """The one group whose rows are asked for."""
    if len(values) == 1:
        return values[0].group
    if level is Level.STUDY and study is None:
        return Group()
    raise InvalidQuestion(
        f"rows are those of one {level}, and {len(values)} are meant",
        where="--group",
        todo="Name a study and --group, or leave out --level.",
    )


def _valued(measure: Measure, values: list[Value], level: Level, *, json: bool) -> None:
    if json:
        as_json({"measure": measure.code, "unit": measure.unit, "level": level, "values": [_json(measure, value) for value in values]})
        return
    columns: tuple[str, ...] = ("study", str(level), "value", "state", "numerator", "denominator", "rejected", "as of", "reason")
    lines: list[tuple[object, ...]] = [
        (
            value.group.study_id or "",
            value.group.label,
            shown(measure, value.value),
            value.state,
            shown(None, value.numerator),
            "" if value.denominator is None else shown(None, value.denominator),
            value.rejected,
            value.as_of or "?",
            value.reason or "",
        )
        for value in values
    ]
    if level in {Level.STUDY, Level.PORTFOLIO}:
        columns, lines = columns[1:], [line[1:] for line in lines]
    as_table(measure.title, columns, lines, numbers=("value", "numerator", "denominator", "rejected"))


def _json(measure: Measure, value: Value) -> dict[str, object]:
    group = value.group
    return {
        "study": group.study_id,
        "region": group.region,
        "country": group.country,
        "site": group.site_id,
        "subject": group.subject_id,
        "value": value.value,
        "shown": shown(measure, value.value),
        "state": value.state,
        "reason": value.reason,
        "numerator": value.numerator,
        "denominator": value.denominator,
        "rejected": value.rejected,
        "as_of": value.as_of,
    }


def shown(measure: Measure | None, value: float | None) -> str:
    """A number as people read it; a question mark where it is not known."""
    if value is None:
        return "?"
    if measure is not None and measure.unit == "%":
        return f"{100 * value:.2f} %"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.4g}"


def _opened(told: Measures, measure: Measure, group: Group, by: str | None, *, json: bool) -> None:
    parts: list[tuple[str, Count | Spread]] = []
    if isinstance(measure, Ratio):
        parts += [("numerator", count) for count in measure.over] + [("denominator", count) for count in measure.under]
    else:
        parts.append(("rows", measure))
    if by is not None:
        _broken_down(told, parts, group, by, json=json)
        return
    found = {(part, one.code): told.rows(one, group) for part, one in parts}
    if json:
        as_json(
            [
                {
                    "part": part,
                    "measure": code,
                    "rows": len(lines),
                    "refs": [{"ref": ref, "amount": amount} for ref, amount in lines[:_SHOWN]],
                }
                for (part, code), lines in found.items()
            ]
        )
        return
    for (part, code), lines in found.items():
        total = sum(amount for _, amount in lines if amount is not None)
        as_table(f"{part}: {code}", ("row", "amount"), [(ref, shown(None, amount)) for ref, amount in lines[:_SHOWN]], numbers=("amount",))
        more = f"; {len(lines) - _SHOWN:,} of them are not shown here, --json has all" if len(lines) > _SHOWN else ""
        OUT.print(f"{len(lines):,} rows, sum {shown(None, total)}{more}. A row in its sheet: ncdm cell REF.\n")


def _broken_down(told: Measures, parts: list[tuple[str, Count | Spread]], group: Group, by: str, *, json: bool) -> None:
    found = {}
    for part, one in parts:
        if not isinstance(one, Count):
            raise InvalidQuestion("ages are not added up, so they have no --by", where="--by", todo="Ask for --rows, or for a count.")
        try:
            found[part, one.code] = told.by_column(one, by, group)
        except KeyError:
            raise InvalidQuestion(
                f"the rows of {one.code} have no column {by}",
                where="--by",
                todo="The columns of each table: docs/reference/report-kinds.md.",
            ) from None
    if json:
        as_json(
            [
                {
                    "part": part,
                    "measure": code,
                    "column": by,
                    "values": [{"said": said, "amount": amount, "untold": untold} for said, amount, untold in lines],
                }
                for (part, code), lines in found.items()
            ]
        )
        return
    for (part, code), lines in found.items():
        as_table(
            f"{part}: {code} by {by}",
            (by, "amount", "rows that do not tell"),
            [("(blank)" if said is None else said, shown(None, amount), untold) for said, amount, untold in lines],
            numbers=("amount", "rows that do not tell"),
        )
