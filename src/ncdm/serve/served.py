"""The mesh that is served: what is loaded, and what is measured of it."""

from ncdm.serve.measured.over_store import MeasuredOverStore
from ncdm.serve.over_store import MeshOverStore
from ncdm.wiring import Wiring


class ServedMesh(MeshOverStore):
    """`ncdm.serve.ports.Mesh` over a data folder."""

    def __init__(self, wiring: Wiring) -> None:
        super().__init__(wiring)
        self.measured = MeasuredOverStore(self._reading)

    def warm(self) -> None:
        """Compute what the first page asks for, so that nobody waits for it."""
        super().warm()
        if (line := self._reading.state().line) is not None:
            self.measured.portfolio(line.snapshot)
