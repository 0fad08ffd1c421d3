"""What the reference makes of docstrings, and how names and types stand in it."""

import re
from collections.abc import Iterator
from doctest import NORMALIZE_WHITESPACE, DocTestParser, DocTestRunner
from pathlib import Path
from types import SimpleNamespace

import griffe
import pytest
from small_site import loaded_hook

from rnnwb.site.reference import ReferenceEntries

ROOT = Path(__file__).parents[2]
TOOLS = {"rnnwb.command", "rnnwb.equations", "rnnwb.site"}
SET_APART = re.compile(r"``.+?``|`[^`]+`|\$[^$]+\$")

RESULT = "<b><code>dU</code></b> (              <code>ndarray</code>\n)          –"
ARGUMENT = "(<code>ndarray</code>, default:\n  <code>None</code>\n  )\n  –"


@pytest.mark.parametrize(
    ("page", "result", "argument"),
    [
        (
            "reference/gated-cells.md",
            "<b><code>dU</code></b> (<code>ndarray</code>)          –",
            "(<code>ndarray</code>, default:\n  <code>None</code>)\n  –",
        ),
        ("lstm.md", RESULT, ARGUMENT),
    ],
)
def test_brackets_stand_close_to_a_type_in_the_reference_alone(page: str, result: str, argument: str) -> None:
    place = SimpleNamespace(file=SimpleNamespace(src_uri=page))
    hook = loaded_hook("set_reference")
    assert hook.on_page_content(RESULT, page=place) == result
    assert hook.on_page_content(ARGUMENT, page=place) == argument


HEADING = """<h4 id="rnnwb.lstm.forward.cell_state" class="doc doc-heading">
  <span class="doc doc-object-name doc-{kind}-name">cell_state</span>
<a href="#rnnwb.lstm.forward.cell_state" class="headerlink">&para;</a></h4>"""


def test_a_name_breaks_between_words_alone_and_is_told_with_its_module() -> None:
    place = SimpleNamespace(file=SimpleNamespace(src_uri="reference/gated-cells.md"))
    set_heading = loaded_hook("set_reference").on_page_content(HEADING.format(kind="function"), page=place)
    assert ">cell_<wbr>state</span>" in set_heading
    assert 'id="rnnwb.lstm.forward.cell_state"' in set_heading
    assert set_heading.endswith('</h4>\n<p class="doc-home" data-search-exclude=""><code>rnnwb.lstm.forward</code></p>')
    assert "doc-home" not in loaded_hook("set_reference").on_page_content(HEADING.format(kind="module"), page=place)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> griffe.Module:
    """The package as the reference shows it, without the equations."""
    extensions = griffe.load_extensions(ReferenceEntries(docs=str(tmp_path_factory.mktemp("docs"))))
    loaded = griffe.load("rnnwb", search_paths=[ROOT / "src"], extensions=extensions)
    assert isinstance(loaded, griffe.Module)
    return loaded


def docstrings(part: griffe.Object) -> Iterator[tuple[str, str]]:
    """Path and text of all that the reference shows."""
    if part.docstring:
        yield part.path, part.docstring.value
    for name, member in part.members.items():
        if isinstance(member, griffe.Object) and member.path not in TOOLS and not name.startswith("_"):
            yield from docstrings(member)


def running_text(package: griffe.Module) -> dict[str, str]:
    """What the reference says in words, by the path that it says it of."""
    return {path: SET_APART.sub("", text.partition("Examples:\n")[0]) for path, text in docstrings(package)}


@pytest.mark.filterwarnings("ignore")
def test_every_example_of_the_reference_runs_where_it_is_pasted(package: griffe.Module) -> None:
    parser, runner = DocTestParser(), DocTestRunner(verbose=False, optionflags=NORMALIZE_WHITESPACE)
    for path, text in docstrings(package):
        if not path.startswith("rnnwb.bridges."):
            runner.run(parser.get_doctest(text, {}, path, None, 0))
    attempted = runner.summarize(verbose=False)
    assert attempted.failed == 0
    assert attempted.attempted > 1000


def test_an_example_without_its_imports_would_not_run(package: griffe.Module) -> None:
    docstring = package["losses.softmax"].docstring
    assert docstring is not None
    assert "    >>> import numpy as np\n    >>> from rnnwb.losses import softmax\n" in docstring.value


def test_no_source_of_a_formula_is_shown(package: griffe.Module) -> None:
    raw = re.compile(r"\\\w|shape \(|\btau\b(?!:)|\bT_e\b|step t\b")
    shown = running_text(package)
    assert len(shown) > 700
    assert {path: raw.findall(text) for path, text in shown.items() if raw.search(text)} == {}


def test_what_is_a_formula_is_set_as_one(package: griffe.Module) -> None:
    plain = re.compile(r"\((?:[\w ]+, )*[\w ]*\b[A-Z],?\)|[\w)] [-+*/<>^] [\w(]|√|\w\.T\b|(?<![\w–-])-\d")
    shown = running_text(package)
    assert {path: plain.findall(text) for path, text in shown.items() if plain.search(text)} == {}
    for text in (
        "classes (time, B)",
        "a bias (gates H,)",
        "D + K rows",
        "1 / (1 + x)",
        "√T states",
        "U.T",
        "-1 for none",
    ):
        assert plain.search(text)


def test_what_a_module_hands_on_is_described_once(package: griffe.Module) -> None:
    training = package["training"]
    assert training.docstring is not None
    assert "[`fit`][rnnwb.training.loop.fit]" in training.docstring.value
    public = [name for name, member in training.members.items() if member.is_alias and member.is_public]
    assert public == []
    assert "from rnnwb.training import fit" not in training.docstring.value
    fit = package["training.loop.fit"].docstring
    assert fit is not None
    assert ">>> from rnnwb.training import fit\n" in fit.value


def test_a_named_tuple_is_shown_with_its_constructor(package: griffe.Module) -> None:
    constructor = package["training.optimisers.SGD.__init__"]
    assert isinstance(constructor, griffe.Function)
    assert [(each.name, each.default) for each in constructor.parameters] == [
        ("self", None), ("rate", None), ("momentum", "0.0"),
    ]  # fmt: skip


def test_any_number_of_arguments_has_no_default(package: griffe.Module) -> None:
    function = package["shapes.require_shapes"]
    assert isinstance(function, griffe.Function)
    assert [(each.name, each.default) for each in function.parameters] == [("expected", None)]


def test_each_work_is_a_paragraph_with_marks_and_dashes_as_in_a_book(package: griffe.Module) -> None:
    docstring = package["lstm.forward"].docstring
    assert docstring is not None
    first, second = docstring.value.partition("References:\n")[2].strip().split("\n\n")
    assert "“Long short-term memory”" in first
    assert first.endswith("pages\N{NO-BREAK SPACE}1735–1780.")
    assert second.lstrip().startswith("Gers, Schmidhuber and Cummins, “Learning to forget: ")


CELLS = '''
from typing import Protocol

class Cell(Protocol):
    def run(self, X):
        """Run.

        Args:
            X: inputs, shape (B, D).
        """

    def gates(self):
        """Number of gates."""

class Own:
    def run(self, X):
        """Run at once."""

    def gates(self):
        """One."""

class Described(Own):
    def run(self, X):
        """Run, for example so.

        >>> Described().run(2)
        """

    def gates(self):
        """Two."""

class Engine:
    def run(self, X):
        """Run for long."""
'''


def test_a_method_has_from_its_protocol_what_it_does_not_say(tmp_path: Path) -> None:
    extensions = griffe.load_extensions(ReferenceEntries(docs=str(tmp_path)))
    with griffe.temporary_visited_package("cells", {"__init__.py": CELLS}, extensions=extensions) as package:
        told = {path: text for path, text in docstrings(package) if path.startswith("cells.")}
    assert told["cells.Own.run"] == "Run at once.\n\nArgs:\n    X: inputs, shape $(B, D)$."
    assert told["cells.Own.gates"] == "One."
    assert told["cells.Described.run"].startswith("Run, for example so.\n\nExamples:\n")
    assert told["cells.Engine.run"] == "Run for long."
