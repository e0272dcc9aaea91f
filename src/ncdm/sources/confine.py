"""What the reading process takes away from itself before it looks at anybody's file."""

import ctypes
import os
import platform
import resource
import signal
import struct
import sys
from contextlib import suppress
from pathlib import Path

_SOCKET_CALLS = {"x86_64": (0xC000003E, 41, 59, 322), "aarch64": (0xC00000B7, 198, 221, 281)}
"""Per machine: its audit number, and the numbers of socket, execve and execveat."""
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_LOAD, _JUMP_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _DENY = 0x7FFF0000, 0x00050000 | 13


def confine(memory: int, written: int) -> None:
    """Bound memory and what may be written, leave no core dump, open no network and start no program.

    The memory bound is what reading may take on top of what the process holds now. The network is closed where the system offers a cheap
    way to do so.
    """
    used = _address_space()
    _lower(resource.RLIMIT_AS, used + memory)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, written)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            _close_network()


def allow_cpu(seconds: int) -> None:
    """Let the process compute for so long from now on; the system ends it when it does not stop."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(usage.ru_utime + usage.ru_stime) + 1 + seconds
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def most_memory() -> int:
    """Bytes of memory that this process has held at most.

    The figure of its use of resources begins with what its parent held when it started it, so that the child of a large process would look
    large from the start; Linux tells the process's own elsewhere.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return int(status.partition("VmHWM:")[2].split(maxsplit=1)[0]) << 10
    except (OSError, ValueError, IndexError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << (0 if sys.platform == "darwin" else 10)


def _lower(kind: int, bound: int) -> None:
    hard = resource.getrlimit(kind)[1]
    least = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
    resource.setrlimit(kind, (least, least))


def _address_space() -> int:
    """Bytes of address space in use now: most of it is libraries that are mapped, not memory that is filled."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGESIZE")
    except OSError:
        return 1 << 30


def _close_network() -> None:
    """Answer every attempt to open a socket or start a program with "permission denied"."""
    known = _SOCKET_CALLS.get(platform.machine())
    if known is None:
        return
    machine, *denied = known
    program = [(_LOAD, 0, 0, 4), (_JUMP_EQUAL, 0, len(denied) + 1, machine), (_LOAD, 0, 0, 0)]
    program += [(_JUMP_EQUAL, len(denied) - place, 0, call) for place, call in enumerate(denied)]
    program += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _DENY)]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in program))
    filters = ctypes.create_string_buffer(struct.pack("HP", len(program), ctypes.addressof(code)))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    libc.prctl(_SECCOMP, _FILTER, ctypes.byref(filters), 0, 0)
