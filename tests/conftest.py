"""What every test gets: no network beyond loopback, a data folder of its own, and the real exports when they lie beside the checkout."""

import csv
import ipaddress
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# A check-in tries the same examples each time, so that what it says is about the change; a law that needs more than thirty says so itself.
# `make fuzz` looks for what nobody has met yet.
settings.register_profile("check-in", max_examples=30, derandomize=True)
settings.register_profile("search", max_examples=500)
settings.load_profile("check-in")

ROOT = Path(__file__).resolve().parents[1]
BESIDE = ROOT.parent / "shared" / "data"
"""Where the real exports lie when they are there; nothing of them is part of the project."""


class OutsideLoopback(RuntimeError):
    """A test tried to reach another machine. Not an ``OSError``, so that no code under test takes it for a failing network."""


def _is_loopback(host: object) -> bool:
    if host in ("localhost", b"localhost", "", b"", None):
        return True
    text = host.decode("ascii") if isinstance(host, bytes) else str(host)
    try:
        return ipaddress.ip_address(text.split("%")[0]).is_loopback
    except ValueError:
        return False


def _refuse_others(host: object) -> None:
    if not _is_loopback(host):
        raise OutsideLoopback(f"a test tried to reach {host!r}, outside loopback")


@pytest.fixture(scope="session", autouse=True)
def only_loopback() -> Iterator[None]:
    """Name look-ups and connections beyond this machine fail loudly."""
    connect, connect_ex, look_up = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: tuple[object, ...] | str | bytes) -> None:
        if isinstance(address, tuple):
            _refuse_others(address[0])
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: tuple[object, ...] | str | bytes) -> int:
        if isinstance(address, tuple):
            _refuse_others(address[0])
        return connect_ex(self, address)

    def guarded_look_up(host: bytes | str | None, *rest: object, **options: object) -> object:
        _refuse_others(host)
        return look_up(host, *rest, **options)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
        patch.setattr(socket, "getaddrinfo", guarded_look_up)
        yield


@pytest.fixture(scope="session", autouse=True)
def own_data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test opens the data folder of the person who runs it, or depends on that person's settings."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NCDM_HOME", str(tmp_path_factory.mktemp("home")))
        for setting in ("NCDM_PORT", "NCDM_READERS"):
            patch.delenv(setting, raising=False)
        yield


@pytest.fixture(autouse=True)
def own_field_limit() -> Iterator[None]:
    """The limit on the length of a field belongs to the whole process: a test that reads in its own process gives it back."""
    limit = csv.field_size_limit()
    yield
    csv.field_size_limit(limit)


def _or_skip(path: Path, what: str, variable: str) -> Path:
    if not path.exists():
        pytest.skip(f"{what} is not at {path}: put it there, or name it in {variable}")
    return path


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of outside data beside the checkout; the test says so and is skipped where there is none."""
    return _or_skip(BESIDE, "the folder of outside data", "NCDM_REFERENCE_DATA and NCDM_REFERENCE_TOTALS")


@pytest.fixture(scope="session")
def reference_studies() -> Path:
    """The folder of real studies: ``NCDM_REFERENCE_DATA``, else the one beside the checkout."""
    return _or_skip(Path(os.environ.get("NCDM_REFERENCE_DATA") or BESIDE / "nest"), "the folder of real studies", "NCDM_REFERENCE_DATA")


@pytest.fixture(scope="session")
def reference_totals() -> Path:
    """The known answers for these studies: ``NCDM_REFERENCE_TOTALS``, else the file beside the checkout."""
    path = Path(os.environ.get("NCDM_REFERENCE_TOTALS") or BESIDE / "reference_totals_dev.json")
    return _or_skip(path, "the file of known answers", "NCDM_REFERENCE_TOTALS")
