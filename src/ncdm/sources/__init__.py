"""From files to sheets of cells, without opinion about what they mean, and in a process that may be lost.

``survey`` finds the files of a delivery, ``keep`` stores their bytes under their hash, and a ``Reader`` turns each into a ``Workbook`` or a
``Refused``.
"""

from ncdm.sources.found import FoundFile
from ncdm.sources.limits import LIMITS, Limits
from ncdm.sources.names import displayable
from ncdm.sources.raw import NotKept, digest, keep, tidy
from ncdm.sources.reader import Reader
from ncdm.sources.refusal import RefusalCode, Refused
from ncdm.sources.sorting import meant
from ncdm.sources.survey import Ignored, Survey, survey
from ncdm.sources.workbook import CellError, Sheet, Workbook

__all__ = [
    "LIMITS",
    "CellError",
    "FoundFile",
    "Ignored",
    "Limits",
    "NotKept",
    "Reader",
    "RefusalCode",
    "Refused",
    "Sheet",
    "Survey",
    "Workbook",
    "digest",
    "displayable",
    "keep",
    "meant",
    "survey",
    "tidy",
]
