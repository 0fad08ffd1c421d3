"""Executes notebooks, and keeps the results until the code, the package or a locked library changes."""

from __future__ import annotations

import ast
import hashlib
import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import jupytext
import nbformat
from nbclient import NotebookClient

from rnnwb.site.kept import FOLDER, kept

PACKAGE = Path(__file__).parents[2]
NOT_EXECUTED = ("bridges", "equations", "site", "command.py")
STYLE = Path(__file__).with_name("matplotlibrc")
KEPT = FOLDER / "notebooks"
LOCK = Path("uv.lock")
ENVIRONMENT = {"TQDM_DISABLE": "1", "OPENBLAS_NUM_THREADS": "1", "MATPLOTLIBRC": str(STYLE)}
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef)
LONGEST_CELL = 600  # seconds, after which a cell is taken to hang


class NoiseError(RuntimeError):
    """A cell has written to standard error, which no page shows."""


def executed(source: Path, folder: Path = KEPT) -> Any:
    """The notebook with its results, from the last execution if nothing that they rest on has changed since.

    Args:
        source: a notebook in the percent format.
        folder: where results are kept.

    Raises:
        CellExecutionError: if a cell fails.
        NoiseError: if a cell writes to standard error.
    """
    notebook = jupytext.read(source)
    path = folder / source.stem / f"{key(notebook)}.ipynb"
    content = kept(path, lambda: str(nbformat.writes(executed_now(notebook, source))).encode())  # type: ignore[no-untyped-call]
    results = nbformat.reads(content.decode(), as_version=4)  # type: ignore[no-untyped-call]
    for cell, with_results in zip(_code(notebook), _code(results)):
        cell.update(outputs=with_results.outputs, execution_count=with_results.execution_count)
    return notebook


def executed_now(notebook: Any, source: Path) -> Any:
    """Execute a notebook, read from a file, in a kernel of its own."""
    client = NotebookClient(
        notebook,
        timeout=LONGEST_CELL,
        kernel_name="python3",
        extra_arguments=["--InlineBackend.figure_formats=svg", "--log-level=ERROR"],
        resources={"metadata": {"path": str(source.parent)}},
    )
    client.execute(env={**os.environ, **ENVIRONMENT})
    _require_silence(notebook, source)
    return notebook


def key(notebook: Any) -> str:
    """A digest of all that the results rest on: the code, but not the text around it or in it."""
    digest = hashlib.sha256("\0".join(cell.source for cell in _code(notebook)).encode())
    for path in _ground():
        digest.update(f"{path.name}\0".encode())
        digest.update(_meaning(path, path.stat().st_mtime_ns))
    return digest.hexdigest()[:20]


def _code(notebook: Any) -> list[Any]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def _ground() -> Iterator[Path]:
    """The files, besides a notebook, that its results rest on."""
    yield from (Path(__file__), STYLE)
    yield from (path for path in (LOCK,) if path.exists())
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.relative_to(PACKAGE).parts[0] not in NOT_EXECUTED:
            yield path


@lru_cache(maxsize=1024)
def _meaning(path: Path, _written: int) -> bytes:
    """What a file says; of a module, what it says to Python, without docstrings and comments."""
    if path.suffix != ".py":
        return path.read_bytes()
    tree = ast.parse(path.read_bytes(), str(path))
    for node in ast.walk(tree):
        if isinstance(node, DOCUMENTED) and ast.get_docstring(node) is not None:
            del node.body[0]
    return ast.dump(tree).encode()


def _require_silence(notebook: Any, source: Path) -> None:
    for number, cell in enumerate(notebook.cells, start=1):
        for output in cell.get("outputs", []):
            if output.get("name") == "stderr":
                raise NoiseError(f"{source}: cell {number} writes to standard error: {output['text']}")
