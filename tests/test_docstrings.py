"""Every public function says what each of its arguments is, and shows an example."""

from collections.abc import Iterator
from pathlib import Path

import griffe

from rnnwb.site.reference import ReferenceEntries
from rnnwb.site.reference.protocols import implementations

ROOT = Path(__file__).parents[1]
TOOLS = {"rnnwb.command", "rnnwb.equations", "rnnwb.site"}
BAD = '''
from typing import Protocol

def scaled(X, by=1, *others):
    """The inputs, scaled.

    Args:
        X: inputs, shape (B, D).

    Returns:
        by: of a result, which is no argument.
    """

class Cell(Protocol):
    def run(self, X):
        """Run.

        Args:
            X: inputs, shape (B, D).
        """

class Own:
    def run(self, X):
        """Run at once."""

    def stop(self):
        """Stop."""
'''


def public(part: griffe.Object) -> Iterator[griffe.Object]:
    """All that is public in a package, methods too."""
    for name, member in part.members.items():
        if isinstance(member, griffe.Object) and member.path not in TOOLS and not name.startswith("_"):
            yield member
            yield from public(member)


def arguments_left_out(function: griffe.Function) -> list[str]:
    """The arguments that a docstring does not describe."""
    sections = function.docstring.parse("google", warnings=False) if function.docstring else []
    arguments = [each for each in sections if isinstance(each, griffe.DocstringSectionParameters)]
    described = {argument.name.lstrip("*") for section in arguments for argument in section.value}
    return [each.name for each in function.parameters if each.name not in {"self", "cls", *described}]


def incomplete(package: griffe.Module) -> dict[str, list[str]]:
    """What docstrings leave out; a method that a protocol asks for needs no example, since others call it."""
    objects = list(public(package))
    pairs = implementations(each for each in objects if isinstance(each, griffe.Class))
    called_by_others = {method.path for pair in pairs for method in pair}
    found = {}
    for each in objects:
        if isinstance(each, griffe.Function):
            shown = each.path in called_by_others or (each.docstring and ">>> " in each.docstring.value)
            found[each.path] = arguments_left_out(each) + ([] if shown else ["example"])
    return {path: what for path, what in found.items() if what}


def test_every_function_describes_its_arguments_and_shows_an_example(tmp_path: Path) -> None:
    extensions = griffe.load_extensions(ReferenceEntries(docs=str(tmp_path)))
    package = griffe.load("rnnwb", search_paths=[ROOT / "src"], extensions=extensions)
    assert isinstance(package, griffe.Module)
    assert sum(isinstance(each, griffe.Function) for each in public(package)) > 400
    assert incomplete(package) == {}


def test_what_is_left_out_is_found() -> None:
    with griffe.temporary_visited_module(BAD, module_name="bad") as module:
        found = incomplete(module)
    assert found == {"bad.scaled": ["by", "others", "example"], "bad.Own.run": ["X"], "bad.Own.stop": ["example"]}
