"""Code in cards: what is shown often fits its box, and a long description is folded, not cut."""

import ast
import re
from collections import Counter
from pathlib import Path

from rnnwb.site.source import WIDTH, source_of

DOCS = Path(__file__).parents[2] / "docs"
LINKED = re.compile(r"(?m)^ +function: (rnnwb\.\S+)$")
OFTEN = 5


def shown() -> list[list[str]]:
    """The lines of code of every card of the site."""
    functions = (name for page in sorted(DOCS.glob("*.md")) for name in LINKED.findall(page.read_text("utf-8")))
    return ["\n".join(source_of(function).pieces).splitlines() for function in functions]


def test_lines_that_many_cards_show_need_no_scrolling() -> None:
    cards = shown()
    assert len(cards) > 900
    long = Counter(line for lines in cards for line in set(lines) if len(line) > WIDTH)
    assert {line: count for line, count in long.items() if count >= OFTEN} == {}


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
