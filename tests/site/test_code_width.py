"""Code is not wide: in cards what is shown often fits, in the text no line is long; a long description is folded, not cut."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from rnnwb.site.source import WIDTH, source_of

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
FENCE = re.compile(r"^( *)(`{3,})\w.*?^\1\2$", re.MULTILINE | re.DOTALL)
SHOWN = [*sorted(DOCS.rglob("*.md")), *sorted((ROOT / "examples").glob("*.py"))]
LINKED = re.compile(r"(?m)^ +function: (rnnwb\.\S+)$")
OFTEN = 5
IN_THE_TEXT = 88


def shown() -> list[list[str]]:
    """The lines of code of every card of the site."""
    functions = (name for page in sorted(DOCS.glob("*.md")) for name in LINKED.findall(page.read_text("utf-8")))
    return ["\n".join(source_of(function).pieces).splitlines() for function in functions]


def test_lines_that_many_cards_show_need_no_scrolling() -> None:
    cards = shown()
    assert len(cards) > 900
    long = Counter(line for lines in cards for line in set(lines) if len(line) > WIDTH)
    assert {line: count for line, count in long.items() if count >= OFTEN} == {}


@pytest.mark.parametrize("path", SHOWN, ids=lambda path: path.name)
def test_no_line_of_code_in_the_text_of_a_page_is_long(path: Path) -> None:
    text = path.read_text("utf-8")
    blocks = [text] if path.suffix == ".py" else [found[0] for found in FENCE.finditer(text)]
    assert [line for block in blocks for line in block.splitlines() if len(line) > IN_THE_TEXT] == []


def test_a_long_description_is_folded_between_words_and_stays_whole() -> None:
    first, *_ = [piece for piece in source_of("rnnwb.truncated.chunked.chunk_delta").pieces if piece.startswith("def")]
    function = ast.parse(first).body[0]
    assert isinstance(function, ast.FunctionDef)
    description = ast.get_docstring(function)
    assert description is not None
    assert " ".join(description.split()) == (
        "Gradient with respect to the pre-activation of step t, from the next step of the same chunk."
    )
    assert "\n" in description
    assert max(map(len, first.splitlines())) <= WIDTH
