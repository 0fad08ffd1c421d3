"""Equations and functions lead to each other.

What an equation links to belongs to the derivation, and so does all that stands in the same part of the package:
every public function there has an equation. And every equation stands in the reference entry of its function.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import griffe
import pytest

from rnnwb.site.library import REFERENCE, Entry, Library, load
from rnnwb.site.reference import ReferenceEntries

pytestmark = pytest.mark.xdist_group("the whole site")
ROOT = Path(__file__).parents[2]
TOOLS = {"rnnwb.command", "rnnwb.equations", "rnnwb.site"}
"""What makes this site, and is no part of what it derives."""


@pytest.fixture(scope="module")
def library() -> Library:
    """The checkout's own pages."""
    return load(ROOT / "docs")


@pytest.fixture(scope="module")
def package() -> griffe.Module:
    """The package as the reference shows it, with the equations under each function."""
    extensions = griffe.load_extensions(ReferenceEntries(docs=str(ROOT / "docs")))
    loaded = griffe.load("rnnwb", search_paths=[ROOT / "src"], extensions=extensions)
    assert isinstance(loaded, griffe.Module)
    return loaded


def public_functions(module: griffe.Module) -> Iterator[str]:
    """The public functions that are defined in a module or below it."""
    for name, function in module.functions.items():
        if not name.startswith("_") and not function.is_alias:
            yield function.path
    for inner in module.modules.values():
        yield from public_functions(inner)


def without_equation(package: griffe.Module, entries: Iterable[Entry]) -> set[str]:
    """Public functions of the derivation's parts that no equation links to."""
    linked = {entry.function for entry in entries if entry.function}
    parts = {function.split(".")[1] for function in linked}
    return {name for part in parts for name in public_functions(package.modules[part])} - linked


def without_mention(package: griffe.Module, entries: Iterable[Entry]) -> set[str]:
    """Equations that the reference entry of their function does not link to."""
    texts = ((entry, package[str(entry.function).removeprefix("rnnwb.")].docstring) for entry in entries)
    return {entry.name for entry, text in texts if f"[](eq:{entry.name})" not in (text.value if text else "")}


def test_every_public_function_is_linked_from_an_equation(library: Library, package: griffe.Module) -> None:
    assert {"bptt", "elman", "encoder_decoder", "lstm"} <= {
        str(e.function).split(".")[1] for e in library.entries.values()
    }
    assert not without_equation(package, library.entries.values())


def test_a_function_without_an_equation_is_noticed(library: Library, package: griffe.Module) -> None:
    entries = [entry for entry in library.entries.values() if entry.function != "rnnwb.bptt.bptt"]
    assert without_equation(package, entries) == {"rnnwb.bptt.bptt"}


def test_the_reference_links_every_equation(library: Library, package: griffe.Module) -> None:
    linked = [entry for entry in library.entries.values() if entry.function]
    assert len(linked) > 800
    assert not without_mention(package, linked)
    for entry in linked:
        page, anchor = library.reference_to(str(entry.function)) or ("", "")
        assert page.startswith("reference/")
        assert anchor == entry.function


def test_every_part_of_the_package_stands_on_one_page_of_the_reference(
    library: Library, package: griffe.Module
) -> None:
    shown = [name for text in library.texts.values() for name in REFERENCE.findall(text) if name.startswith("rnnwb.")]
    assert sorted(shown) == sorted({module.path for module in package.modules.values()} - TOOLS)


def test_an_equation_that_the_reference_does_not_link_is_noticed(library: Library) -> None:
    entry = library.entries["bptt"]
    bare = griffe.load("rnnwb", search_paths=[ROOT / "src"])
    assert isinstance(bare, griffe.Module)
    assert without_mention(bare, [entry]) == {"bptt"}


@pytest.mark.parametrize("path", ["bptt.bptt", "training.optimisers.SGD"])
def test_examples_of_functions_and_of_classes_have_a_title(package: griffe.Module, path: str) -> None:
    docstring = package[path].docstring
    assert docstring is not None
    assert "\nExamples:\n    >>> " in docstring.value
    assert "\n>>> " not in docstring.value


def test_each_of_several_results_has_its_type(package: griffe.Module) -> None:
    docstring = package["lstm.batched.gates"].docstring
    assert docstring is not None
    (results,) = (section.value for section in docstring.parse("google") if section.kind.value == "returns")
    assert [(each.name, str(each.annotation)) for each in results] == [
        (name, "np.ndarray") for name in ("I_t", "F_t", "G_t", "O_t")
    ]


def functions(module: griffe.Module) -> Iterator[griffe.Function]:
    """All functions that are defined in a module or below it, those of its classes too."""
    yield from (function for function in module.functions.values() if not function.is_alias)
    for inner in (*module.modules.values(), *module.classes.values()):
        if not inner.is_alias:
            yield from functions(inner)  # type: ignore[arg-type]


def unnamed_results(function: griffe.Function) -> int:
    """How many results without a name the reference lists for a function."""
    sections = function.docstring.parse("google") if function.docstring else []
    listed = (each for section in sections if section.kind.value == "returns" for each in section.value)
    return sum(not each.name for each in listed)


def test_a_result_that_takes_two_lines_is_listed_once(package: griffe.Module) -> None:
    single = [each for each in functions(package) if not str(each.returns).startswith("tuple[")]
    assert len(single) > 500
    assert not [each.path for each in single if unnamed_results(each) > 1]


def test_the_equations_of_a_function_stand_in_the_order_of_the_articles(library: Library) -> None:
    numbers = [entry.number for entry in library.resting_on("rnnwb.losses.softmax_cross_entropy_gradient")]
    assert numbers == sorted(numbers, key=lambda number: [int(part) for part in number.split(".")])
    assert numbers[0].startswith("2.")
    assert int(numbers[-1].split(".")[0]) > 10
