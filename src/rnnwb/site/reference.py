"""Prepares docstrings for the API reference (an extension for griffe)."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from textwrap import indent
from typing import Any

import griffe

from rnnwb.site.library import Library, load

EXAMPLES = re.compile(r"(?m)^>>> (?:.|\n)*\Z")


class ReferenceEntries(griffe.Extension):
    """Titles the examples of every function and class, and lists the equations that rest on a function.

    The references are written as Markdown; the Markdown extension makes them links.
    """

    def __init__(self, docs: str = "docs") -> None:
        super().__init__()
        self.docs = Path(docs)

    @cached_property
    def _library(self) -> Library:
        """As it is when this extension is made, which every build does anew."""
        return load(self.docs)

    def on_function(self, *, func: griffe.Function, **_: Any) -> None:
        """Complete the docstring of one function."""
        if func.docstring:
            text = EXAMPLES.sub(_with_title, func.docstring.value)
            func.docstring.value = text + self._equations(func.path)
            _type_each_result(func, len(func.docstring.lines))

    def on_class(self, *, cls: griffe.Class, **_: Any) -> None:
        """Complete the docstring of one class."""
        if cls.docstring:
            cls.docstring.value = EXAMPLES.sub(_with_title, cls.docstring.value)

    def _equations(self, function: str) -> str:
        entries = self._library.resting_on(function)
        links = ", ".join(f"[](eq:{entry.name})" for entry in entries)
        return f"\n\nEquations that rest on it: {links}.\n" if links else ""


def _type_each_result(function: griffe.Function, most: int) -> None:
    """Write `tuple[ndarray, ...]` out, since griffe takes the type of a result from its place."""
    returns = function.returns
    if isinstance(returns, griffe.ExprSubscript) and isinstance(returns.slice, griffe.ExprTuple):
        first, *others = returns.slice.elements
        if list(map(str, others)) == ["..."]:
            returns.slice.elements = [first] * most


def _with_title(examples: re.Match[str]) -> str:
    return "Examples:\n" + indent(examples[0], "    ")
