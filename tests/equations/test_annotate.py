"""Where the symbols of a formula stand in its TeX."""

from itertools import combinations
from pathlib import Path

import pytest
from lark import Token

from rnnwb.equations import EquationError, Library, Mark, annotate, argument_names, scan
from rnnwb.equations.pages import Chapter
from rnnwb.equations.parse import parse
from rnnwb.equations.source import Source

DOCS = Path(__file__).parents[2] / "docs"


def named(chapter: Chapter, tex: str, display: bool = True) -> list[tuple[str, str]]:
    """The marked characters with the name of their symbol."""
    return [(tex[mark.start : mark.end], mark.symbol) for mark in annotate(chapter, tex, display)]


def names_a_norm(tex: str, at: int) -> bool:
    """Whether the letter says which norm, as in ‖W‖_F."""
    return tex[:at].endswith((r"\|_", r"\|_{"))


@pytest.fixture(scope="module")
def chapters() -> list[Chapter]:
    """Every page of the site."""
    book = scan([DOCS])
    library = Library(book)
    return [library.chapter(page) for page in book.pages]


@pytest.fixture
def notation(chapters: list[Chapter]) -> Chapter:
    """The page of the shared notation."""
    return next(chapter for chapter in chapters if chapter.page.path.name == "notation.md")


def test_letters_indices_labels_and_derivatives_are_marked(notation: Chapter) -> None:
    assert named(notation, r"\frac{\partial^+ S_t^h}{\partial w_{ij}} = S_{t-1}^{i}") == [
        (r"\frac{\partial^+ S_t^h}{\partial w_{ij}}", "∂⁺S_t/∂W"), ("S", "S_t"), ("t", "t"), ("h", "h"), ("w", "W"), ("i", "i"), ("j", "j"),
        ("S", "S_t"), ("t", "t"), ("i", "i"),
    ]  # fmt: skip


def test_a_formula_in_a_sentence_need_not_be_an_equation(notation: Chapter) -> None:
    assert named(notation, r"S_{-1}, \dots, S_T", display=False) == [("S", "S_t"), ("S", "S_t"), ("T", "T")]
    assert named(notation, r"\partial E / \partial S_t", display=False) == [("E", "E"), ("S", "S_t"), ("t", "t")]
    assert named(notation, r"\frac{\partial E}{\partial W}", display=False)[0][1] == "∂E/∂W"


def test_labels_belong_to_their_symbol(chapters: list[Chapter]) -> None:
    lstm = next(chapter for chapter in chapters if chapter.page.path.name == "lstm.md")
    assert named(lstm, r"w^{\mathrm{f}}_{ij}", display=False) == [
        ("w", r"W^{\mathrm{f}}"), (r"\mathrm{f}", r"W^{\mathrm{f}}"), ("i", "i"), ("j", "j"),
    ]  # fmt: skip


def test_every_letter_of_every_equation_is_marked_once(chapters: list[Chapter]) -> None:
    letters = 0
    for chapter in chapters:
        for block in chapter.page.blocks:
            if block.kind == "symbols":
                continue
            marks = annotate(chapter, block.body)
            assert all(b.start >= a.end or b.end <= a.end for a, b in combinations(marks, 2)), block.name
            tree = parse(Source(block.body, "", 1))
            tokens = tree.scan_values(lambda value: isinstance(value, Token) and value.type == "SYMBOL")
            found = {(t.start_pos, t.end_pos) for t in tokens if not names_a_norm(block.body, t.start_pos)}
            assert found <= {(mark.start, mark.end) for mark in marks}, block.name
            assert {mark.symbol for mark in marks if "∂" not in mark.symbol} <= chapter.scope.symbols.keys()
            letters += len(found)
    assert letters > 5000


def test_what_is_not_declared_is_refused(notation: Chapter) -> None:
    with pytest.raises(EquationError, match="Q is not declared"):
        annotate(notation, "E = Q")


def test_arguments_have_the_name_of_their_symbol_or_derivative(chapters: list[Chapter]) -> None:
    many = next(chapter for chapter in chapters if chapter.page.path.name == "many-to-many.md")
    assert argument_names(many, "rnnwb.elman.preactivation") == {"X": "X_t", "S_prev": "S_t", "U": "U", "W": "W"}
    found = argument_names(many, "rnnwb.many_to_many.first_steps.step_hidden_gradient")
    assert found["V"] == "V"
    assert "∂E_t/∂Y_t" in found.values()


def test_a_mark_is_start_end_and_symbol(notation: Chapter) -> None:
    assert annotate(notation, "E = E_t")[0] == Mark(0, 1, "E") == (0, 1, "E")
