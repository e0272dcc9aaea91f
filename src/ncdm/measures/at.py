"""The measures of a snapshot: the only place where measures meet the store."""

import threading

from ncdm.contracts.kinds.cpid import SUBJECT_SHEET
from ncdm.measures.catalogue import COUNTS
from ncdm.measures.clean import Clean
from ncdm.measures.compute import Measures
from ncdm.measures.presence import presence
from ncdm.measures.universe import universe
from ncdm.store.expressions import asked
from ncdm.store.report import reports
from ncdm.store.spine import spine
from ncdm.store.state import State
from ncdm.types import StudyId

_LOCK = threading.Lock()


def clean(state: State) -> Clean:
    """Clean Patient Status of a snapshot, made once for a state."""
    of_state = measures(state)
    with _LOCK:
        found = state.made.get(Clean)
        if not isinstance(found, Clean):
            found = state.made[Clean] = Clean(of_state, _responsible(state))
    return found


def _responsible(state: State) -> dict[StudyId, dict[str, str]]:
    """Study -> column of the subject sheet -> who its workbook says is responsible for it."""
    found: dict[StudyId, dict[str, str]] = {}
    for shown in state.sheets:
        if shown.contract == SUBJECT_SHEET:
            for sheet in state.by_number[shown.file_no].receipt.sheets:
                if sheet.number == shown.sheet_no:
                    said = {header.column: header.described for header in sheet.headers if header.column is not None and header.described}
                    found.setdefault(shown.study_id, {}).update(said)
    return found


def measures(state: State) -> Measures:
    """The measures of a snapshot, made once for a state; each value is computed when it is first asked for."""
    with _LOCK:
        found = state.made.get(Measures)
        if not isinstance(found, Measures):
            # A study of which every file was set apart has no rows, and is still a study: all of it is unknown.
            groups = universe({study: spine(state, study) for study in reports(state)})
            found = state.made[Measures] = Measures(asked(state, groups.tables), groups, presence(state.sheets, reports(state)), COUNTS)
    return found
