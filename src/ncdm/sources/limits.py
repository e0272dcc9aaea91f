"""How large, how deep and how slow a file may be before it costs one refused receipt.

The figures come from 202 real workbooks (largest 3 MB packed, 34 MB unpacked, 37 members, worst member ratio 12.6), with generous room.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Every bound that a file, or a zipped delivery, must keep."""

    packed_bytes: int = 200_000_000
    """Size of one file, or of one zipped delivery, as it arrives."""
    unpacked_bytes: int = 1 << 30
    """Size of all members of one archive together, counted while inflating: its directory can lie."""
    members: int = 200
    """Members of one workbook."""
    delivery_members: int = 5_000
    """Members of a zipped delivery, which holds many workbooks."""
    ratio: int = 100
    """Unpacked to packed size of one member ..."""
    ratio_floor_bytes: int = 1 << 20
    """... once it has grown beyond this: a small part that repeats itself harms nobody."""
    sheet_cells: int = 5_000_000
    """Cells of one sheet, counted as lines times columns from A1, since that rectangle is what costs memory."""
    file_cells: int = 20_000_000
    """Cells of all sheets of one file together."""
    error_cells: int = 500_000
    """Error cells of one file: each is kept as a finding."""
    columns: int = 16_384
    """Columns of a delimited text; a workbook cannot have more."""
    field_characters: int = 131_072
    """Characters of one field of a delimited text."""
    cpu_seconds: int = 60
    """Processor time for the largest file ..."""
    cpu_floor_seconds: int = 5
    """... for the smallest ..."""
    cpu_bytes_per_second: int = 100_000
    """... and in between: a second more for so many bytes, a fiftieth of the speed at which real workbooks are read."""
    wall_seconds: int = 180
    """Time on the clock for one file: what hangs without computing is stopped by this."""
    memory_bytes: int = 3 << 29
    """Memory that reading one file may take in its process."""

    def cpu_for(self, size: int) -> int:
        """Seconds of processor time for a file of this size: a small one that computes on and on is stopped soon."""
        return min(self.cpu_seconds, self.cpu_floor_seconds + size // self.cpu_bytes_per_second)


LIMITS = Limits()
"""The limits that hold unless a caller names others."""
