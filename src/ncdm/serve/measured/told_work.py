"""The work that makes subjects clean, in the words of the API."""

from collections.abc import Sequence

from ncdm.errors import InvalidQuestion
from ncdm.measures.clean import CRITERIA, Clean
from ncdm.measures.milestone import Milestone
from ncdm.measures.standing import freed, in_study, queue
from ncdm.measures.work import Action, OwnerWork, WaitingRow, Wanted, actions, owners
from ncdm.serve.measured import answers as say
from ncdm.serve.measured.told_clean import MILESTONES_TOLD, milestone_told
from ncdm.serve.window import Window
from ncdm.types import StudyId


def work_told(clean: Clean, study: StudyId, milestone: Milestone) -> say.CleanWork:
    """What is to be done in a study."""
    members, gates = in_study(clean, study), milestone.gates
    frees, _sites = freed(queue(clean, gates, members))
    return say.CleanWork(
        milestone=milestone_told(milestone),
        milestones=MILESTONES_TOLD,
        actions=tuple(_action(one) for one in actions(clean, gates, members)),
        owners=tuple(_owner(one, frees.get(one.owner, 0)) for one in owners(clean, gates, members)),
    )


def rows_told(rows: Sequence[WaitingRow], wanted: Wanted, window: Window) -> say.WorkRows:
    """The rows of a part of the work, and how many items they stand for."""
    kept = [row for row in rows if wanted.takes(row)]
    return say.WorkRows(
        total=len(kept),
        items=sum(row.items for row in kept),
        rows=tuple(
            say.WorkRow(
                criterion=row.criterion,
                ref=row.row_ref,
                subject_id=row.subject_id,
                site_id=row.site_id,
                days=row.days,
                items=row.items,
                next_action=row.next_action,
            )
            for row in kept[window.offset : window.offset + window.limit]
        ),
    )


def criteria_of(codes: Sequence[str] | None, milestone: Milestone) -> tuple[str, ...]:
    """The criteria with these codes, or those of a milestone. Raises ``InvalidQuestion`` for a code that is none."""
    for code in codes or ():
        if code not in CRITERIA:
            raise InvalidQuestion(f"there is no criterion {code}", where="criterion", todo=f"Ask for {', '.join(CRITERIA)}.")
    return tuple(dict.fromkeys(codes)) if codes else milestone.gates


def _action(one: Action) -> say.WorkAction:
    amount = one.amount
    return say.WorkAction(
        criterion=one.criterion,
        title=CRITERIA[one.criterion].title,
        next_action=one.next_action,
        owner=one.owner,
        owner_source=one.owner_source,
        items=amount.items,
        undated=amount.undated,
        oldest=amount.oldest,
        subjects=amount.subjects,
        sites=amount.sites,
        urgency=amount.urgency,
    )


def _owner(one: OwnerWork, frees: int) -> say.WorkOwner:
    amount = one.amount
    return say.WorkOwner(
        owner=one.owner,
        items=amount.items,
        undated=amount.undated,
        oldest=amount.oldest,
        subjects=amount.subjects,
        sites=amount.sites,
        urgency=amount.urgency,
        frees=frees,
        criteria=tuple(say.WorkShare(code=code, title=CRITERIA[code].title, items=items) for code, items in one.criteria),
    )
