"""The command as a person types it: in a process of its own, or quickly in this one."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ncdm.__main__ import app


@dataclass(frozen=True, slots=True)
class Told:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str


def typed(home: Path, *words: str, environment: Mapping[str, str] | None = None) -> Told:
    """In a process of its own."""
    told = subprocess.run(
        [sys.executable, "-m", "ncdm", *words],
        env=os.environ | {"NCDM_HOME": str(home)} | dict(environment or {}),
        check=False,
        capture_output=True,
        timeout=120,
    )
    return Told(told.returncode, told.stdout.decode(), told.stderr.decode())


def quickly(home: Path, *words: str) -> Told:
    """In this process; an error that nobody named is an error of the test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NCDM_HOME", str(home))
        runner = CliRunner()
        result = runner.invoke(app(), list(words))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Told(result.exit_code, result.stdout, result.stderr)


def on_terminal(home: Path, *words: str) -> bytes:
    """What reaches a terminal, byte for byte, of both streams."""
    import pty

    main, side = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "ncdm", *words],
        env=os.environ | {"NCDM_HOME": str(home), "TERM": "xterm-256color", "COLUMNS": "400"},
        stdout=side,
        stderr=side,
        stdin=subprocess.DEVNULL,
    )
    os.close(side)
    found = b""
    try:
        while block := _read(main):
            found += block
    finally:
        process.wait(120)
        os.close(main)
    return found


def _read(main: int) -> bytes:
    try:
        return os.read(main, 65536)
    except OSError:
        return b""
