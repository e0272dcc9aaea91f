"""What one load brought, file by file, in the words of the API."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ncdm.ingest.receipt import FileReceipt
from ncdm.serve import answers as say
from ncdm.serve.telling import file_facts
from ncdm.store.receipts import file_id
from ncdm.store.shown import StoredFile
from ncdm.store.state import State
from ncdm.types import FileOutcome


def loaded_files(state: State, receipts: Iterable[FileReceipt]) -> tuple[say.LoadedFile, ...]:
    """The files of a load under the names and with the outcomes that they had there."""
    return tuple(_loaded_files(state, receipts))


def _loaded_files(state: State, receipts: Iterable[FileReceipt]) -> Iterator[say.LoadedFile]:
    stored = {(file.file_id, file.receipt.study_id): file for file in state.files}
    for receipt in receipts:
        file = stored.get((file_id(receipt), receipt.study_id))
        if file is not None:
            yield _loaded_file(state, replace(file, receipt=receipt) if receipt.outcome is FileOutcome.DUPLICATE else file, receipt)


def _loaded_file(state: State, file: StoredFile, receipt: FileReceipt) -> say.LoadedFile:
    facts = file_facts(state, file)
    facts["outcome"], facts["name"], facts["reason"] = receipt.outcome, receipt.name, receipt.reason
    return say.LoadedFile(
        **facts,
        sheets=len(file.receipt.sheets),
        held=tuple(
            say.HeldSheet(sheet=sheet.number, name=sheet.name, reason=sheet.reason, todo=sheet.todo) for sheet in file.receipt.left_out
        ),
    )
