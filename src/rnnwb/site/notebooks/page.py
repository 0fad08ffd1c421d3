"""An executed notebook as Markdown, so that text, formulas, code and results look as on every other page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import yaml

from rnnwb.site.notebooks.plots import figure

DOWNLOAD = (
    "[Download this notebook]({name}.ipynb){{ download }} with its results, "
    "or [as a script]({name}.py){{ download }} that Jupytext opens."
)

PRINTED = "{.text .printed .no-copy}"


class OutputError(ValueError):
    """A result that has no place on a page."""


def markdown(notebook: Any, name: str) -> str:
    """The page of an executed notebook.

    Args:
        notebook: with its results.
        name: of its file, without ending.

    Raises:
        OutputError: if a result is of an unknown kind, or a plot has no text alternative.
    """
    pieces = [
        piece for number, cell in enumerate(notebook.cells, start=1) for piece in _pieces(cell, f"{name}-{number}")
    ]
    return "\n\n".join([*pieces[:2], DOWNLOAD.format(name=name), *pieces[2:]]) + "\n"


def title(notebook: Any) -> str:
    """The title in the front matter of a notebook, which is its first cell.

    >>> import nbformat.v4 as v4
    >>> title(v4.new_notebook(cells=[v4.new_raw_cell("---\\ntitle: Memory\\n---")]))
    'Memory'
    """
    return str(yaml.safe_load(notebook.cells[0].source.strip("-\n"))["title"])


def _pieces(cell: Any, name: str) -> Iterator[str]:
    """What a cell is on the page: its text, or its code and its results, in one piece what was printed in one go."""
    if cell.cell_type != "code":
        yield cell.source
        return
    yield _fence("python", cell.source)
    for printed, outputs in groupby(cell.outputs, lambda output: output.output_type == "stream"):
        if printed:
            yield _fence(PRINTED, "".join(output.text for output in outputs))
        else:
            yield from (_result(output, name, cell.metadata.get("alt")) for output in outputs)


def _result(output: Any, name: str, alt: str | None) -> str:
    """A result that was not printed: a value, or a plot."""
    data = output.get("data", {})
    if "image/svg+xml" in data:
        if not alt:
            raise OutputError(f'the plot of {name} has no text alternative: begin its cell with # %% alt="…"')
        return figure(data["image/svg+xml"], f"plot-{name}", alt)
    if set(data) == {"text/plain"}:
        return _fence(PRINTED, data["text/plain"])
    raise OutputError(f"{name} has a result of an unknown kind: {', '.join(data) or output.output_type}")


def _fence(language: str, text: str) -> str:
    return f"```{language}\n{text.strip(chr(10))}\n```"
