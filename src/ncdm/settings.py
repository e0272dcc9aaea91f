"""The only reader of the environment. Half a configuration does not start."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

from ncdm.errors import SettingsError

_MIN_PORT, _MAX_PORT = 0, 65535


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person may set, with its defaults."""

    home: Path
    """The data folder (``NCDM_HOME``)."""
    port: int
    """The port of ``ncdm serve`` (``NCDM_PORT``); 0 takes any free one."""
    readers: int
    """Reading processes (``NCDM_READERS``)."""


def _whole(environment: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = environment.get(name, "").strip()
    if not text:
        return default
    if not text.isdecimal() or not low <= int(text) <= high:
        raise SettingsError(
            f"{name} is {text!r}", where="environment", todo=f"Set {name} to a whole number from {low} to {high}, or unset it."
        )
    return int(text)


def read(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of this process. Raises `SettingsError` for a value that has no meaning."""
    found = os.environ if environment is None else environment
    home = found.get("NCDM_HOME", "").strip()
    return Settings(
        home=Path(home).expanduser().absolute() if home else user_data_path("ncdm", appauthor=False),
        port=_whole(found, "NCDM_PORT", 8737, _MIN_PORT, _MAX_PORT),
        readers=_whole(found, "NCDM_READERS", min(4, os.cpu_count() or 1), 1, 64),
    )
