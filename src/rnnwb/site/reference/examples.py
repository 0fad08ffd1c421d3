"""The imports that an example needs to run wherever it is pasted."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from doctest import DocTestParser

import griffe

WIDTH = 74
"""Characters of a line that an example shows without scrolling."""


def imports(example: str, module: griffe.Module) -> list[str]:
    """The lines, of which those after the first of a statement go on with three dots.

    Args:
        example: of a docstring, with its prompts.
        module: where the docstring stands.
    """
    wanted: dict[str, list[str]] = {}
    for name in sorted(_unknown(example)):
        if name in module.members:
            home, what = _origin(name, module)
            wanted.setdefault(home, []).append(what)
    return [_statement(home, wanted[home]) for home in sorted(wanted, key=lambda home: (bool(home), home))]


def _unknown(example: str) -> set[str]:
    """The names that an example reads and does not bind."""
    source = "".join(part.source for part in DocTestParser().get_examples(example))
    nodes = list(ast.walk(ast.parse(source)))
    read = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    return read - set(_bound(nodes)) - vars(builtins).keys()


def _bound(nodes: list[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.alias):
            yield node.asname or node.name
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name


def _origin(name: str, module: griffe.Module) -> tuple[str, str]:
    """The module to import from, and what; no module for one that is imported itself."""
    member = module.members[name]
    home, _, what = (member.target_path if isinstance(member, griffe.Alias) else member.path).rpartition(".")
    return _public(home, what, module), what if what == name else f"{what} as {name}"


def _public(home: str, name: str, module: griffe.Module) -> str:
    """The package that hands a function of its module on, if it does."""
    package = home.rpartition(".")[0]
    exports = module.package.modules_collection[package].exports if package else None
    return package if name in (exports or ()) else home


def _statement(home: str, names: list[str]) -> str:
    if not home:
        return "import " + ", ".join(names)
    line = f"from {home} import {', '.join(names)}"
    return (
        line if len(line) <= WIDTH else f"from {home} import (\n... " + "".join(f"    {n},\n... " for n in names) + ")"
    )
