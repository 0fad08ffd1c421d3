"""The most memory that a call needs above what the process had before, as Linux counts it."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any

PROCESS = Path("/proc/self")
RESET_PEAK = "5"


def mebibytes_above(call: Callable[[], Any]) -> float:
    """Peak of the resident memory during a call, above the resident memory before it.

    It counts what every library allocates, not only Python; a process is to ask once, since it may keep what it freed.
    """
    give_back()
    (PROCESS / "clear_refs").write_text(RESET_PEAK, encoding="ascii")
    before = _status("VmRSS")
    kept = call()
    above = (_status("VmHWM") - before) / 1024
    del kept
    return above


def give_back() -> None:
    """Free what nobody refers to, and return all free memory to the system."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)


def _status(name: str) -> int:
    """A number of KiB from the status of this process."""
    for line in (PROCESS / "status").read_text(encoding="ascii").splitlines():
        if line.startswith(name + ":"):
            return int(line.split()[1])
    raise OSError(f"{PROCESS}/status has no {name}")
