"""What every question starts with: the snapshot that is meant, and the study."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from ncdm.commands.console import moment_of, opened, tell_demo
from ncdm.errors import NotFound
from ncdm.store.mesh import Reading
from ncdm.store.report import reports
from ncdm.store.state import State
from ncdm.types import StudyId
from ncdm.wiring import Wiring


@contextmanager
def state_at(as_of: str | None) -> Iterator[State]:
    """The snapshot that ``--as-of`` names: a number, a day, or the latest."""
    with opened() as wiring:
        state = Reading(wiring.home, wiring.engine).state(moment_of(as_of))
        if state.line is None:
            raise nothing_loaded(wiring)
        tell_demo(demo=state.line.demo)
        try:
            yield state
        finally:
            state.close()


def nothing_loaded(wiring: Wiring) -> NotFound:
    """What a question to an empty data folder is told."""
    return NotFound(
        "nothing is loaded yet",
        where=str(wiring.home.root),
        todo="Load a folder of exports: ncdm ingest FOLDER. Without data: ncdm demo FOLDER.",
    )


def study_of(state: State, text: str) -> StudyId:
    """``Study 7`` from ``7``, ``study 7`` or ``Study 7``. Raises `NotFound`."""
    known = list(reports(state))
    digits = re.fullmatch(r"(?i)(?:study[\s_-]*)?0*(\d+)", text.strip())
    wanted = f"Study {digits[1]}" if digits else text.strip()
    for study in known:
        if study.lower() == wanted.lower():
            return study
    raise NotFound(f"there is no study {text}", todo=f"Studies here: {', '.join(known)}.")
