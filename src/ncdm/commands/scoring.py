"""``ncdm stats kri``: the statistics of key risk indicators on anybody's own table."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from ncdm.commands.console import ERR, OUT, Json, as_json, as_table, errors_told
from ncdm.errors import InvalidQuestion, NotFound, RefusedInput
from ncdm.measures.statistics import (
    Delimited,
    Direction,
    Entry,
    FlagRule,
    Kind,
    Method,
    Question,
    ScoreColumn,
    add_up,
    complete_visits,
    flag_rule,
    flags_by_sign,
    parse_accrual,
    parse_thresholds,
    read_delimited,
    reported_entries,
    scored_entries,
)

stats = typer.Typer(
    help="Statistics on a table of your own: no data folder is needed, and nothing is kept.", no_args_is_help=True, rich_markup_mode=None
)

SUBJECTS = ("SubjectID", "subject_id", "subjid", "USUBJID", "patnum", "patient_id")
STUDIES = ("StudyID", "study_id", "studyid", "STUDYID")
GROUP = "GroupID"
SITE = "Site"
"""The level of a line that names none, as gsm has it."""
_COLUMNS = ("study", "group", "N", "D", "metric", "score", "flag", "ratio", "90 %", "p", "q", "state")


@stats.callback()
def _stats() -> None:
    """Statistics on a table of your own: no data folder is needed, and nothing is kept."""


@stats.command(name="kri")
def kri(  # noqa: PLR0913, PLR0917 - each is an option of the command
    file: Annotated[Path, typer.Argument(help="A CSV file with a header: one line per subject, added up by group, or one per group.")],
    numerator: Annotated[str, typer.Option(help="Column of the numerator. Of reporting: the cumulative count at the visit.")] = "Numerator",
    denominator: Annotated[str, typer.Option(help="Column of the denominator. Of reporting: the visit's number.")] = "Denominator",
    group: Annotated[
        str | None, typer.Option(help="Column of the group, a site or country. By default GroupID, or the only column that is left.")
    ] = None,
    kind: Annotated[Kind, typer.Option(help="What the numerator is: events over an exposure, or a part of a whole.")] = Kind.RATE,
    method: Annotated[Method, typer.Option(help="How groups are scored.")] = Method.CALIBRATED,
    thresholds: Annotated[
        str | None, typer.Option(help="Scores at which the flag changes, any number of them, as in --thresholds=-2,-1,2,3.")
    ] = None,
    flags: Annotated[
        str | None,
        typer.Option(help="One flag more than thresholds, as in --flags=2,1,0. By default four give -2,-1,0,1,2 and others count by sign."),
    ] = None,
    accrual: Annotated[
        str | None, typer.Option(help='The least a group must have: "Denominator>=30", "Numerator>=3" or "Difference>=3".')
    ] = None,
    direction: Annotated[Direction, typer.Option(help="Which side is a risk; a flag on the other side is 0.")] = Direction.BOTH,
    score: Annotated[ScoreColumn, typer.Option(help="Of identity: the column that is the score.")] = ScoreColumn.METRIC,
    subject: Annotated[
        str | None, typer.Option(help="Of reporting: column of the subject. By default SubjectID, subject_id, subjid, USUBJID or patnum.")
    ] = None,
    study: Annotated[
        str | None, typer.Option(help="Column of the study; each study is scored apart. Of reporting by default StudyID or study_id.")
    ] = None,
    json: Json = False,
) -> None:
    """Score the groups of a CSV file and flag those that differ more than chance.

    One entry a group, in gsm's order (flags 2, -2, 1, -1, 0, then those without), with gsm's names: GroupID, GroupLevel, Numerator, Denominator, Metric, Score, Flag. Beside them: ratio and
    interval (the group's ratio to the level of all groups, shrunken, with 90 % limits), p, q (Benjamini-Hochberg over the groups), state and
    reason. What does not exist is null. Where a column GroupLevel has several values, each level is scored apart, as each study is.
    Cells may be separated by commas, semicolons, tabs or bars; decimals have a point. An empty or NA cell makes its group unknown, never zero.
    """
    with errors_told():
        table = _read(file, [name for name in (numerator, denominator, group, subject, study) if name is not None])
        least = None if accrual is None else parse_accrual(accrual)
        rule = _rule(method, thresholds, flags)
        of_group = _group_column(table, group, (numerator, denominator, subject, study))
        if method is Method.REPORTING:
            entries = _reported(table, (of_group, denominator, numerator), subject, study, rule)
        else:
            question = Question(method=method, kind=kind, rule=rule, accrual=least, direction=direction, column=score)
            entries = _scored(table, (of_group, numerator, denominator), study, question)
        if json:
            as_json([entry.with_gsm_names() for entry in entries])
        else:
            _tell(entries, method)


def _read(file: Path, needed: Sequence[str]) -> Delimited:
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            return read_delimited(lines, file.name, needed)
    except FileNotFoundError:
        raise NotFound(f"there is no file {file}", todo="Give the path of a CSV file.") from None
    except OSError as error:
        raise RefusedInput(f"the file cannot be read: {error.strerror}", where=str(file), todo="Give a CSV file.") from None


def _rule(method: Method, thresholds: str | None, flags: str | None) -> FlagRule | None:
    """The rule that was asked for; ``None`` for the method's own."""
    if thresholds is None:
        if flags is not None:
            raise InvalidQuestion("flags without thresholds", where="--flags", todo="Give --thresholds too, as in --thresholds=2,3.")
        return None
    limits = parse_thresholds(thresholds)
    if flags is not None:
        return flag_rule(limits, flags)
    # A small p-value is the grave one.
    return flag_rule(limits, tuple(range(len(limits), -1, -1)) if method is Method.FISHER else flags_by_sign(limits))


def _scored(table: Delimited, columns: tuple[str, str, str], study: str | None, question: Question) -> tuple[Entry, ...]:
    group, numerator, denominator = columns
    nothing = (None,) * len(table.rows)
    grouped = add_up(
        nothing if study is None else table.text(study),
        [level or SITE for level in table.text("GroupLevel")] if "GroupLevel" in table.columns else nothing,
        table.text(group),
        table.numbers(numerator, least=0),
        table.numbers(denominator, least=0),
    )
    if grouped.lines_without_group:
        ERR.print(_left_out(grouped.lines_without_group, "no group"))
    if not grouped.keys:
        raise RefusedInput(
            "no line names a group", where=f"{table.name}, column {group}", todo="Name the column of the group with --group."
        )
    return scored_entries(grouped, question)


def _left_out(lines: int, what: str) -> str:
    return f"1 line names {what} and is left out." if lines == 1 else f"{lines} lines name {what} and are left out."


def _group_column(table: Delimited, named: str | None, beside: Sequence[str | None]) -> str:
    """The column of the group: the one that is named, else gsm's, else the only one that is left. Raises ``InvalidQuestion``."""
    if named is not None or GROUP in table.columns:
        return named or GROUP
    left = [column for column in table.columns if column not in {*beside, *SUBJECTS, *STUDIES, "GroupLevel", "Metric"}]
    if len(left) == 1:
        return left[0]
    raise InvalidQuestion(
        f"there is no column {GROUP!r}",
        where=table.name,
        todo=f"Name the column of the group with --group; columns: {', '.join(table.columns)}.",
    )


def _reported(
    table: Delimited, columns: tuple[str, str, str], subject: str | None, study: str | None, rule: FlagRule | None
) -> tuple[Entry, ...]:
    group, visit, count = columns
    of_subject = subject or next((name for name in SUBJECTS if name in table.columns), SUBJECTS[0])
    of_study = study or next((name for name in STUDIES if name in table.columns), None)
    columns_of = (table.text(group), table.text(of_subject), table.whole(visit), table.whole(count))
    studies = (None,) * len(table.rows) if of_study is None else table.text(of_study)
    told: dict[str | None, list[tuple[str, str, int, int]]] = {name: [] for name in studies}
    untold = 0
    for name, site, who, number, events in zip(studies, *columns_of, strict=True):
        if site is None or who is None or number is None or events is None:
            untold += 1
        else:
            told[name].append((site, who, number, events))
    if untold:
        # A visit of which nobody says the count is a gap, which the count before fills.
        ERR.print(_left_out(untold, "no group, subject, visit or count"))
    found: list[Entry] = []
    for name, rows in told.items():
        if rows:
            sites, subjects, visits, counts = zip(*rows, strict=True)
            of_site, of_who = (np.array(values, dtype=np.str_) for values in (sites, subjects))
            numbers = (np.array(values, dtype=np.int64) for values in (visits, counts))
            found.extend(reported_entries(name, complete_visits(of_site, of_who, *numbers), rule))
    return tuple(found)


def _tell(entries: Sequence[Entry], method: Method) -> None:
    levels = len({entry.group_level for entry in entries}) > 1
    rows = [
        (
            entry.study_id or "",
            *((entry.group_level,) if levels else ()),
            entry.group_id,
            *(_short(value) for value in (entry.numerator, entry.denominator, entry.metric, entry.score)),
            "" if entry.flag is None else entry.flag,
            _short(entry.ratio),
            "" if entry.interval is None else f"{entry.interval[0]:.2f} to {entry.interval[1]:.2f}",
            _short(entry.p),
            _short(entry.q),
            entry.state if entry.reason is None else f"{entry.state}: {entry.reason}",
        )
        for entry in entries
    ]
    columns = ("study", "level", *_COLUMNS[1:]) if levels else _COLUMNS
    as_table(f"{len(entries):,} groups, {method}", columns, rows, numbers=_COLUMNS[2:11])
    if levels:
        OUT.print("Each level is compared within itself.")
    flagged = sum(bool(entry.flag) for entry in entries)
    OUT.print(f"{flagged} {'group' if flagged == 1 else 'groups'} flagged.")


def _short(value: float | None) -> str:
    return "" if value is None else f"{value:.4g}" if not float(value).is_integer() else f"{value:,.0f}"
