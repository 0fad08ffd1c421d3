"""The code under an equation, folded."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

import rnnwb.equations as engine
from rnnwb.site.context import Context
from rnnwb.site.elements import add
from rnnwb.site.library import Entry
from rnnwb.site.source import Source

COLOURLESS = re.compile(r'<span class="(?:n|nn|nc|p|o|w|fm|bp|vm)">([^<]*)</span>|<span></span>')
"""What a theme shows like plain text: two thirds of the elements, half of the page."""


def add_code(card: Element, entry: Entry, source: Source, context: Context) -> None:
    """Fold the code of an equation, with the symbols that its arguments are."""
    details = add(card, "details", "equation__code", **{"data-search-exclude": ""})
    details.set("data-names", _names(entry, context))
    add(details, "summary", text="Code")
    holder = add(details, "div")
    holder.text = context.md.htmlStash.store(_html(source.code, f"code-{entry.name}"))


def _names(entry: Entry, context: Context) -> str:
    """Pairs of argument and symbol, such as `S_prev=S_t`."""
    chapter = context.library.chapter(entry.page)
    assert chapter is not None
    pairs = engine.argument_names(chapter, entry.function or "")
    return " ".join(f"{name}={symbol}" for name, symbol in pairs.items())


def _html(code: str, identity: str) -> str:
    html = highlight(code, PythonLexer(), HtmlFormatter(cssclass="highlight no-copy", wrapcode=True))
    return COLOURLESS.sub(r"\1", html).replace("<code>", f'<code id="{identity}">', 1)
