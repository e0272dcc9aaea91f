"""The work that makes subjects clean, in the words of the API."""

from ncdm.errors import InvalidQuestion
from ncdm.measures.clean import CRITERIA, Clean
from ncdm.measures.milestone import Milestone
from ncdm.measures.standing import freed, in_study, queue
from ncdm.measures.work import Action, OwnerWork, actions, owners, waiting_rows
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


def rows_told(clean: Clean, study: StudyId, criterion: str, action: str, owner: str, window: Window) -> say.WorkRows:
    """The rows of one action. Raises ``InvalidQuestion`` for a criterion that is none."""
    if criterion not in CRITERIA:
        raise InvalidQuestion(f"there is no criterion {criterion}", where="criterion", todo=f"Ask for {', '.join(CRITERIA)}.")
    rows = waiting_rows(clean, study, criterion, action, owner)
    shown = rows[window.offset : window.offset + window.limit]
    return say.WorkRows(
        total=len(rows), rows=tuple(say.WorkRow(ref=one.row_ref, subject_id=one.subject_id, days=one.days) for one in shown)
    )


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
