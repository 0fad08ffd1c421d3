"""What one build keeps for the next: a file for each thing made, named by the digest of all that it rests on."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

FOLDER = Path(".cache")


def place(kind: str, of: str, file: str) -> Path:
    """Where something is kept of a page, or of what else has a name."""
    return FOLDER / kind / re.sub(r"\W+", "-", of).strip("-") / file


def kept(path: Path, make: Callable[[], bytes]) -> bytes:
    """What `make` returns, or what it returned when this file was kept.

    Args:
        path: where it is kept, in a folder of its own; the name of the file changes whenever the content may.
        make: makes it anew.
    """
    if not path.exists():
        keep(path, make())
    return path.read_bytes()


def keep(path: Path, content: bytes) -> None:
    """Write a file whole, and drop those that it replaces."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}")
    unfinished.write_bytes(content)
    unfinished.replace(path)
    for old in path.parent.glob(f"*{path.suffix}"):
        if old != path:
            old.unlink(missing_ok=True)
