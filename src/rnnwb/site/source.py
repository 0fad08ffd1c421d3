"""The source of a function with everything it calls, so that a copy runs alone."""

from __future__ import annotations

import ast
import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from textwrap import wrap

PACKAGE = "rnnwb"
PROVIDED = {"import numpy as np"}
WIDTH = 86
"""Characters of a line that a card shows without scrolling."""

Definition = ast.FunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign


class SourceError(ValueError):
    """A function cannot be found, or its source would not run alone."""


@dataclass(frozen=True)
class Source:
    """A function and what it needs to run alone, in reading order; what it says of itself; its place in the repository."""

    pieces: tuple[str, ...]
    summary: str
    path: str
    first_line: int
    last_line: int


@dataclass
class Module:
    """The top level of one module: definitions and imports by the name they bind."""

    name: str
    path: Path
    text: str
    definitions: dict[str, Definition] = field(default_factory=dict)
    imports: dict[str, tuple[str, str]] = field(default_factory=dict)
    outside: dict[str, str] = field(default_factory=dict)


def source_of(function: str) -> Source:
    """The source of a function such as ``rnnwb.elman.hidden_state``."""
    name, _, attribute = function.rpartition(".")
    module = _module(name) if name.startswith(PACKAGE) else None
    if module is None or not isinstance(module.definitions.get(attribute), ast.FunctionDef):
        raise SourceError(f"there is no function {function}")
    pieces: dict[tuple[str, str], str] = {}
    imports: dict[str, None] = {}
    _collect(module, attribute, pieces, imports, set())
    node = module.definitions[attribute]
    path = "src/" + module.path.relative_to(_root()).as_posix()
    ordered = _in_reading_order(list(imports), list(pieces.values()))
    return Source(ordered, _summary(node), path, _first_line(node), node.end_lineno or 0)


def _in_reading_order(imports: list[str], pieces: list[str]) -> tuple[str, ...]:
    """Imports, then types and constants, then the function itself and what it calls."""
    functions = [piece for piece in pieces if piece.startswith("def ")]
    others = [piece for piece in pieces if piece not in functions]
    head = ["\n".join(imports)] if imports else []
    return (*head, *others, *functions)


def _root() -> Path:
    return Path(__file__).resolve().parents[2]


def _module(name: str) -> Module | None:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin)
    return _read(name, path, path.read_text(encoding="utf-8"))


@lru_cache(maxsize=64)
def _read(name: str, path: Path, text: str) -> Module:
    module = Module(name, path, text)
    for node in _statements(ast.parse(text).body):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            module.definitions[node.name] = node
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            module.definitions |= {t.id: node for t in targets if isinstance(t, ast.Name)}
        elif isinstance(node, ast.Import | ast.ImportFrom):
            _read_import(module, node)
    return module


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a module, those that only type checkers run included."""
    for node in body:
        yield from node.body if isinstance(node, ast.If) else [node]


def _read_import(module: Module, node: ast.Import | ast.ImportFrom) -> None:
    for alias in node.names:
        bound = alias.asname or alias.name
        origin = node.module or "" if isinstance(node, ast.ImportFrom) else ""
        if origin.split(".")[0] == PACKAGE:
            module.imports[bound] = (origin, alias.name)
        elif origin != "__future__":
            renamed = f" as {alias.asname}" if alias.asname else ""
            start = f"from {origin} import " if origin else "import "
            module.outside[bound] = start + alias.name + renamed


def _collect(
    module: Module,
    name: str,
    pieces: dict[tuple[str, str], str],
    imports: dict[str, None],
    seen: set[tuple[str, str]],
) -> None:
    """Add the definition of a name: a function before what it calls, a constant after."""
    if (module.name, name) in seen:
        return
    seen.add((module.name, name))
    node, key = module.definitions[name], (module.name, name)
    if isinstance(node, ast.FunctionDef):
        pieces[key] = _text(module, node)
    for used in _names(node):
        _follow(module, used, pieces, imports, seen)
    pieces[key] = _text(module, node)


def _follow(
    module: Module,
    used: str,
    pieces: dict[tuple[str, str], str],
    imports: dict[str, None],
    seen: set[tuple[str, str]],
) -> None:
    if used in module.definitions:
        _collect(module, used, pieces, imports, seen)
    elif used in module.imports:
        origin, original = module.imports[used]
        other = _module(origin)
        if other is None or original not in other.definitions or original != used:
            raise SourceError(
                f"{module.name} uses {used}, which a copy of the code could not find: "
                f"import the function itself, from rnnwb.module import name"
            )
        _collect(other, original, pieces, imports, seen)
    elif used in module.outside and module.outside[used] not in PROVIDED:
        imports[module.outside[used]] = None


def _names(node: ast.AST) -> Iterator[str]:
    """Names that a definition reads, in order."""
    return (part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load))


def _first_line(node: Definition) -> int:
    decorators = [] if isinstance(node, ast.Assign | ast.AnnAssign) else node.decorator_list
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def _text(module: Module, node: Definition) -> str:
    """The lines of a definition, with its docstring cut to the first line, which is folded if it is long."""
    lines = module.text.splitlines()
    start, end = _first_line(node) - 1, node.end_lineno
    docstring = _docstring(node)
    if docstring is None:
        return "\n".join(lines[start:end])
    first, last = docstring.lineno - 1, docstring.end_lineno
    indent = " " * docstring.col_offset
    summary = '"""' + _summary(node).replace("\\", "\\\\") + '"""'
    folded = wrap(summary, WIDTH - len(indent), break_long_words=False, break_on_hyphens=False)
    return "\n".join([*lines[start:first], *(indent + line for line in folded), *lines[last:end]])


def _summary(node: Definition) -> str:
    """The first line of a docstring."""
    docstring = _docstring(node)
    return str(docstring.value).strip().splitlines()[0] if docstring else ""


def _docstring(node: Definition) -> ast.Constant | None:
    if isinstance(node, ast.Assign | ast.AnnAssign) or not ast.get_docstring(node):
        return None
    expression = getattr(node.body[0], "value", None)
    return expression if isinstance(expression, ast.Constant) else None
