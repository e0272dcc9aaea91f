"""Every error the mesh raises on purpose.

::

    NcdmError                 500
    +-- SettingsError         500  the configuration is incomplete or contradicts itself
    +-- RefusedInput          422  the input cannot be taken; nothing was lost
    |   +-- RefusedFile       422  one file is unreadable, hostile or beyond a limit
    |   +-- InvalidQuestion   422  an argument has no meaning here
    |   +-- TooLarge          413  the body is beyond a limit               (serve)
    |   +-- SlowRequest       408  the body came too slowly                 (serve)
    |   +-- WrongMethod       405  the address exists, the method does not  (serve)
    +-- NotFound              404  no such study, file, row, cell or snapshot
    +-- Conflict              409  another process holds what is needed
    |   +-- Busy              429  too many loads are waiting               (serve)
    +-- Unauthorised          401  no valid session
    |   +-- TooManyAttempts   429  wrong tokens came too fast               (serve)
    |   +-- ForeignRequest    403  the request was not made by our own page (serve)
    +-- StorageFull           507  the disk is full; the old state is intact
    +-- StoreDamaged          503  what is on disk does not agree with the ledger

A message says what happened, where, and what to do. ``code`` names a page of ``docs/reference/errors.md``.
"""


class NcdmError(Exception):
    """The root: catch this to catch everything the mesh raises on purpose."""

    code = "NCDM000"
    status = 500

    def __init__(self, what: str, *, where: str = "", todo: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.todo = todo

    def __str__(self) -> str:
        parts = [self.what]
        if self.where:
            parts.append(f"where: {self.where}")
        if self.todo:
            parts.append(f"what to do: {self.todo}")
        return "\n".join(parts)


class SettingsError(NcdmError):
    """The configuration is incomplete or contradicts itself."""

    code = "NCDM100"


class RefusedInput(NcdmError):
    """The input cannot be taken; nothing was lost."""

    code = "NCDM200"
    status = 422


class RefusedFile(RefusedInput):
    """One file is unreadable, hostile or beyond a limit."""

    code = "NCDM210"


class InvalidQuestion(RefusedInput):
    """An argument has no meaning here: an unknown table, a date that is none, a reference that is malformed."""

    code = "NCDM220"


class NotFound(NcdmError):
    """No such study, file, row, cell or snapshot, or none that may be seen."""

    code = "NCDM300"
    status = 404


class Conflict(NcdmError):
    """Another process holds what is needed."""

    code = "NCDM400"
    status = 409


class Unauthorised(NcdmError):
    """No valid session."""

    code = "NCDM500"
    status = 401


class StorageFull(NcdmError):
    """The disk is full; the old state is intact."""

    code = "NCDM600"
    status = 507


class StoreDamaged(NcdmError):
    """What is on disk does not agree with the ledger."""

    code = "NCDM610"
    status = 503
