"""The code under an equation, folded; what several functions of a page need is written once, at its end."""

from __future__ import annotations

import re
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

import rnnwb.equations as engine
from rnnwb.site.context import Context
from rnnwb.site.elements import add
from rnnwb.site.library import Entry
from rnnwb.site.source import Source

HELPERS = "page-helpers"
COLOURLESS = re.compile(
    r'<span class="(?:n|nn|nc|p|o|w|fm|bp|vm|kc|nb|ne|sa|si|mi|mf|ow)">([^<]*)</span>|<span></span>'
)
"""What hardly stands out, at the price of two thirds of the elements of a page."""
DEFINED = re.compile(r"(?m)^(?:def |class )?(\w+)")


def add_code(card: Element, entry: Entry, source: Source, context: Context) -> None:
    """Fold the code of an equation, with the symbols that its arguments are."""
    details = add(card, "details", "equation__code", **{"data-search-exclude": ""})
    details.set("data-names", _names(entry, context))
    add(details, "summary", text="Code")
    own = f"def {(entry.function or '').rpartition('.')[2]}("
    pieces = (_html(piece) if piece.startswith(own) else _helper(piece, context) for piece in source.pieces)
    code = "\n\n\n".join(pieces)
    code = f'<pre><code id="code-{entry.name}">{code}\n</code></pre>'
    add(details, "div").text = context.md.htmlStash.store(f'<div class="highlight no-copy">{code}</div>')


def _names(entry: Entry, context: Context) -> str:
    """Pairs of argument and symbol, such as `S_prev=S_t`."""
    chapter = context.library.chapter(entry.page)
    assert chapter is not None
    pairs = engine.argument_names(chapter, entry.function or "")
    return " ".join(f"{name}={symbol}" for name, symbol in pairs.items())


@cache
def _html(code: str) -> str:
    html = highlight(code, PythonLexer(), HtmlFormatter(nowrap=True))
    return COLOURLESS.sub(r"\1", html).strip("\n")


def _helper(piece: str, context: Context) -> str:
    """The place of a piece of code that is kept for the end of the page."""
    numbers = context.helpers
    number = numbers.setdefault(piece, len(numbers))
    name = DEFINED.search(piece)
    return f'<span data-piece="{number}" data-name="{name[1] if name else ""}"></span>'


class Helpers(Treeprocessor):
    """Ends a page with the pieces of code that its cards share."""

    def __init__(self, md: Any, context: Context) -> None:
        super().__init__(md)
        self.context = context

    def run(self, root: Element) -> None:
        """Write each piece once."""
        pieces = (
            f'<span data-piece="{number}">{_html(piece)}</span>' for piece, number in self.context.helpers.items()
        )
        if self.context.helpers:
            template = add(root, "template", id=HELPERS, **{"data-search-exclude": ""})
            template.text = self.context.md.htmlStash.store("".join(pieces))
