"""Where the source of this checkout can be read online."""

from __future__ import annotations

import os
import re
import subprocess
from functools import cache
from pathlib import Path

VARIABLE = "RNNWB_REPOSITORY"


def lines_url(path: str, first: int, last: int) -> str | None:
    """The address of some lines of a file, or nothing where no repository is known."""
    address, commit = repository_url(), _git("rev-parse", "HEAD")
    if not address or not commit:
        return None
    if "gitlab" in address:
        return f"{address}/-/blob/{commit}/{path}#L{first}-{last}"
    return f"{address}/blob/{commit}/{path}#L{first}-L{last}"


def repository_url() -> str | None:
    """The address of the repository, from the environment or from git's remote."""
    return _https(os.environ.get(VARIABLE) or _git("remote", "get-url", "origin") or "")


def _https(remote: str) -> str | None:
    """A remote's address as a browser opens it."""
    match = re.fullmatch(
        r"(?:https://(?:[^/@]+@)?|ssh://git@|git@)([\w.-]+\.\w+)(?::\d+)?[/:](.+?)(?:\.git)?/?", remote
    )
    return f"https://{match[1]}/{match[2]}" if match else None


@cache
def _git(*arguments: str) -> str | None:
    try:
        result = subprocess.run(
            ["git", *arguments],
            cwd=Path(__file__).parent,
            capture_output=True,
            text=True,
            timeout=10,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return result.stdout.strip()
