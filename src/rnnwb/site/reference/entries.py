"""The extension for griffe that completes what a docstring says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from textwrap import indent
from typing import Any

import griffe

from rnnwb.site.library import Library, load
from rnnwb.site.reference.examples import imports
from rnnwb.site.reference.protocols import implementations, take_sections
from rnnwb.site.reference.signatures import give_constructor, list_once, take_no_default, type_each_result
from rnnwb.site.reference.text import with_formulas

EXAMPLES = re.compile(r"(?m)^>>> (?:.|\n)*\Z")


class ReferenceEntries(griffe.Extension):
    """Completes docstrings: shapes as formulas, imports before the examples, and the equations that rest on a function.

    The references are written as Markdown; the Markdown extension makes them links.
    """

    def __init__(self, docs: str = "docs") -> None:
        super().__init__()
        self.docs = Path(docs)

    @cached_property
    def _library(self) -> Library:
        """As it is when this extension is made, which every build does anew."""
        return load(self.docs)

    def on_package(self, *, pkg: griffe.Module, **_: Any) -> None:
        """Complete the docstrings of the package, once all of it is known."""
        objects = list(_objects(pkg))
        for method, asked in implementations(each for each in objects if isinstance(each, griffe.Class)):
            take_sections(method, asked)
        for each in objects:
            self._complete(each)
        for module in _modules(pkg):
            list_once(module)

    def _complete(self, each: griffe.Object) -> None:
        if isinstance(each, griffe.Class):
            give_constructor(each)
        if each.docstring:
            each.docstring.value = _text(each, each.docstring.value)
            if isinstance(each, griffe.Function):
                each.docstring.value += self._equations(each.path)
                type_each_result(each, len(each.docstring.lines))
                take_no_default(each)

    def _equations(self, function: str) -> str:
        entries = self._library.resting_on(function)
        links = ", ".join(f"[](eq:{entry.name})" for entry in entries)
        return f"\n\nEquations that rest on it: {links}.\n" if links else ""


def _text(each: griffe.Object, docstring: str) -> str:
    """What a docstring says, and its examples, which run as they stand."""
    found = EXAMPLES.search(docstring)
    if not found:
        return with_formulas(docstring)
    examples = "".join(f">>> {line}\n" for line in imports(found[0], each.module)) + found[0]
    return with_formulas(docstring[: found.start()]) + "Examples:\n" + indent(examples, "    ")


def _modules(module: griffe.Module) -> Iterator[griffe.Module]:
    yield module
    for inner in module.modules.values():
        if isinstance(inner, griffe.Module):
            yield from _modules(inner)


def _objects(part: griffe.Object) -> Iterator[griffe.Object]:
    yield part
    for member in part.members.values():
        if isinstance(member, griffe.Object):
            yield from _objects(member)
