"""The mathematics in a function's docstring: what each argument is, and what is returned."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import griffe

from rnnwb.equations.source import EquationError, Source

_DESCRIBED = re.compile(r"\s*\$(?P<tex>.+?)\$,\s*shape\s*\((?P<shape>[^)]*)\)", re.DOTALL)


@dataclass(frozen=True)
class Described:
    """An argument or result: its TeX and the text of its shape."""

    name: str
    tex: Source
    shape: tuple[str, ...]


@dataclass(frozen=True)
class Documented:
    """A function with the parts of its docstring that are executed."""

    name: str
    call: Callable[..., Any]
    place: str
    line: int
    arguments: tuple[Described, ...]
    returns: tuple[Described, ...]


def documented(name: str) -> Documented:
    """The function called `name`, such as `elman.hidden_state` or `rnnwb.elman.hidden_state`.

    Raises:
        EquationError: if there is no such function, or its docstring lacks an argument or the result.
    """
    module, _, attribute = name.rpartition(".")
    if not module:
        raise EquationError(f"{name!r} names no module\n  mend: write `function: module.function`")
    found = _module(module)
    call = getattr(found, attribute, None)
    if not callable(call):
        raise EquationError(f"there is no function {name}\n  mend: define {attribute} in {found.__name__}")
    return _documented(found.__name__, attribute, call)


def _module(name: str) -> Any:
    for candidate in (f"rnnwb.{name}", name):
        try:
            return importlib.import_module(candidate)
        except ModuleNotFoundError as failure:
            if not candidate.startswith(str(failure.name)):
                raise EquationError(
                    f"{candidate} cannot be imported: {failure}\n  mend: install what it needs"
                ) from None
        except Exception as failure:
            said = f"{candidate} cannot be imported: {type(failure).__name__}: {failure}"
            raise EquationError(f"{said}\n  mend: make `import {candidate}` work") from failure
    raise EquationError(f"there is no module {name!r}\n  mend: write `function: module.function`")


@cache
def _documented(module: str, attribute: str, call: Callable[..., Any]) -> Documented:
    function = _package(module.split(".")[0])[f"{module}.{attribute}".split(".", 1)[1]]
    if function.is_alias:
        function = function.final_target
    place = function.filepath.name if function.filepath else module
    described = _Reader(f"{module.replace('.', '/')}.py" if place else module, function)
    return Documented(
        f"{module}.{attribute}", call, described.place, described.line, described.arguments(), described.returns()
    )


@cache
def _package(name: str) -> Any:
    return griffe.load(name, docstring_parser="google", allow_inspection=False)


class _Reader:
    """The sections of one docstring."""

    def __init__(self, place: str, function: Any) -> None:
        self.place, self.function = place, function
        self.line = int(function.lineno or 1)
        options = {"warnings": False, "returns_named_value": True, "returns_multiple_items": True}
        sections = function.docstring.parse("google", **options) if function.docstring else []
        self.sections = {section.kind.value: section.value for section in sections}

    def error(self, reason: str, mend: str) -> EquationError:
        return EquationError(f"{self.place}:{self.line}: {self.function.name}: {reason}\n  mend: {mend}")

    def arguments(self) -> tuple[Described, ...]:
        texts = {p.name: p.description for p in self.sections.get("parameters", [])}
        unknown = texts.keys() - {p.name for p in self.function.parameters}
        if unknown:
            raise self.error(
                f"the docstring describes {sorted(unknown)[0]}, which is no parameter", "keep names in step"
            )
        found = []
        for parameter in self.function.parameters:
            described = self._described(parameter.name, texts.get(parameter.name, ""))
            if described is None and parameter.default is None:
                raise self.error(
                    f"the argument {parameter.name} has no formula", f"write `{parameter.name}: $…$, shape (…).`"
                )
            if described is not None:
                found.append(described)
        return tuple(found)

    def returns(self) -> tuple[Described, ...]:
        found = []
        for item in self.sections.get("returns", []):
            described = self._described(item.name or "result", item.description)
            if described is None:
                raise self.error("a result has no formula", "write `$…$, shape (…).` under Returns")
            found.append(described)
        if not found:
            raise self.error("the docstring does not say what is returned", "add a Returns section: `$…$, shape (…).`")
        return tuple(found)

    def _described(self, name: str, text: str) -> Described | None:
        match = _DESCRIBED.match(text)
        if match is None:
            return None
        where = f"{self.place}, {self.function.name}, {name}"
        shape = tuple(size.strip() for size in match["shape"].split(",") if size.strip())
        return Described(name, Source(match["tex"], where, self.line), shape)
