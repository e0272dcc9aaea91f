"""Measures of the made-up study: those of a study of a small invented portfolio, under another name."""

from collections.abc import Callable
from functools import cache

from tests.portfolios import fresh, shelf

from ncdm.serve.measured.over_store import MeasuredOverStore
from ncdm.settings import Settings
from ncdm.store.mesh import Reading
from ncdm.store.report import reports
from ncdm.types import KindCode, ReportState, StudyId
from ncdm.wiring import wired

WEEKS = 2


@cache
def _real() -> tuple[MeasuredOverStore, StudyId]:
    """The measures of two weeks, and a study that brought its CPID; versions may be saved there."""
    with wired(Settings(fresh(shelf() / "measured", WEEKS), 0, 1)) as wiring:
        reading = Reading(wiring.home, wiring.engine)
    found = reports(reading.state())
    return MeasuredOverStore(reading), next(study for study, of in found.items() if of[KindCode("cpid")].state is ReportState.PRESENT)


class MeasuredElsewhere:
    """Every question goes to the invented portfolio, at its latest snapshot, once the made-up mesh knows the study."""

    def __init__(self, met: Callable[[str, int], None], known: Callable[[int, str], None]) -> None:
        self._met = met
        self._known = known

    def __getattr__(self, name: str) -> Callable[..., object]:
        def asked(at: int = 0, *rest: object) -> object:
            self._met(name, at)
            real, study = _real()
            if not rest:
                return getattr(real, name)() if name == "definitions" else getattr(real, name)(WEEKS)
            self._known(at, str(rest[0]))
            return getattr(real, name)(WEEKS, study, *rest[1:])

        return asked
