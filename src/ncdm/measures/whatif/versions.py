"""A change kept as a version: who tried it, why, and on which snapshot. Nobody is asked who they are yet, so the author is what they write."""

import unicodedata
from dataclasses import dataclass

from ncdm.errors import InvalidQuestion
from ncdm.measures.whatif.change import Change, milestone_named
from ncdm.measures.whatif.written import SCHEMA, config_hash, read, written
from ncdm.store import versions as ledger
from ncdm.store.ledger import Ledger
from ncdm.types import StudyId

LONGEST_AUTHOR, LONGEST_REASON = 100, 1000


@dataclass(frozen=True, slots=True)
class Saved:
    """A version with its change as it reads today."""

    version: ledger.Version
    change: Change


def save(store: Ledger, study: StudyId, change: Change, milestone: str, said: tuple[str, str], snapshot: int) -> Saved:
    """Append a version with author and reason. Raises `InvalidQuestion` when one of them is not said, or nothing is changed."""
    milestone_named(milestone)
    author, reason = _said(said[0], "author", LONGEST_AUTHOR), _said(said[1], "reason", LONGEST_REASON)
    if config_hash(change) == config_hash(Change()):
        raise InvalidQuestion("nothing differs from what is published", where="change", todo="Change something, then save it.")
    draft = ledger.Draft(
        study_id=study,
        author=author,
        reason=reason,
        milestone=milestone,
        shape=SCHEMA,
        change=written(change),
        config_hash=config_hash(change),
        snapshot=snapshot,
    )
    return Saved(ledger.save_version(store, draft), change)


def saved(store: Ledger, study: StudyId) -> tuple[Saved, ...]:
    """The versions of a study, newest first."""
    return tuple(Saved(one, read(one.change, one.shape)) for one in ledger.versions(store, study))


def opened(store: Ledger, study: StudyId, number: int) -> Saved:
    """One version of a study. Raises `NotFound`."""
    found = ledger.version(store, study, number)
    return Saved(found, read(found.change, found.shape))


def _said(text: str, what: str, longest: int) -> str:
    told = text.strip()
    if not told:
        raise InvalidQuestion(f"the {what} is not said", where=what, todo=f"Write the {what}.")
    if len(told) > longest:
        raise InvalidQuestion(f"the {what} is longer than {longest} characters", where=what, todo="Say it in fewer.")
    if any(unicodedata.category(sign) in {"Cc", "Cs"} and sign != "\n" for sign in told):
        raise InvalidQuestion(f"the {what} holds signs that are no text", where=what, todo="Write it in letters.")
    return told
