"""A copy of the checkout without the notebooks, to build as nothing was kept and to change at will."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDERS = ("docs", "hooks", "overrides", "src", "benchmarks", "examples")


def copied(folder: Path) -> Path:
    """Copy what a build reads, and leave the notebooks out."""
    for name in FOLDERS:
        ignore = shutil.ignore_patterns("__pycache__", "notebooks" if name == "docs" else "")
        shutil.copytree(ROOT / name, folder / name, ignore=ignore)
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    settings = settings.replace("hooks/add_notebooks.py, ", "").replace(
        "validation:\n", "validation:\n  not_found: ignore\n"
    )
    settings = re.sub(r"(?m)^.*\bnotebooks/.*\n|^ +- On real data:\n", "", settings)
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    return folder
