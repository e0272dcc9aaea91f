"""The measures of a snapshot: the only place where measures meet the store."""

import threading
from weakref import WeakKeyDictionary

from ncdm.measures.compute import Measures
from ncdm.measures.presence import presence
from ncdm.measures.universe import universe
from ncdm.store.expressions import asked
from ncdm.store.report import reports
from ncdm.store.spine import spines
from ncdm.store.state import State

_MEASURES: "WeakKeyDictionary[State, Measures]" = WeakKeyDictionary()
_LOCK = threading.Lock()


def measures(state: State) -> Measures:
    """The measures of a snapshot, made once for a state; each value is computed when it is first asked for."""
    with _LOCK:
        found = _MEASURES.get(state)
        if found is None:
            groups = universe(spines(state))
            found = _MEASURES[state] = Measures(asked(state, groups.tables), groups, presence(state.sheets, reports(state)))
    return found
