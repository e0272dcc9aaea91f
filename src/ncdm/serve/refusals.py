"""What only a server has to refuse; each fits the tree drawn in ``ncdm.errors``.

::

    NcdmError
    +-- RefusedInput
    |   +-- TooLarge           413  the body is beyond a limit
    |   +-- SlowRequest        408  the body came too slowly
    |   +-- WrongMethod        405  the address exists, the method does not
    +-- Unauthorised
    |   +-- TooManyAttempts    429  wrong tokens came too fast
    |   +-- ForeignRequest     403  the request was not made by our own page
    +-- Conflict
        +-- Busy               429  too many loads are waiting
"""

from ncdm.errors import Conflict, RefusedInput, Unauthorised


class TooLarge(RefusedInput):
    """The body is beyond a limit."""

    code = "NCDM230"
    status = 413


class SlowRequest(RefusedInput):
    """The body came too slowly."""

    code = "NCDM231"
    status = 408


class WrongMethod(RefusedInput):
    """The address exists, the method does not."""

    code = "NCDM232"
    status = 405


class TooManyAttempts(Unauthorised):
    """Wrong tokens came too fast."""

    code = "NCDM510"
    status = 429

    def __init__(self, what: str, *, where: str = "", todo: str = "", seconds: int) -> None:
        super().__init__(what, where=where, todo=todo)
        self.seconds = seconds


class ForeignRequest(Unauthorised):
    """The request was not made by our own page."""

    code = "NCDM520"
    status = 403


class Busy(Conflict):
    """Too many loads are waiting."""

    code = "NCDM410"
    status = 429
