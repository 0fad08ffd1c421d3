"""The symbols of a page: where they stand in its formulas, and what a reader is told about each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor

import rnnwb.equations as engine
from rnnwb.site.context import Context
from rnnwb.site.elements import add, say
from rnnwb.site.maths.annotate import Annotation
from rnnwb.site.maths.formulas import formula

DICTIONARY = "page-symbols"
DERIVATIVE = re.compile(r"∂(?P<plus>⁺?)(?P<above>.+)/∂(?P<below>.+)")


def symbols_of(context: Context, tex: str, display: bool) -> list[Annotation]:
    """The symbols of a formula as attributes, noted for the dictionary of the page."""
    try:
        marks = context.library.marks(context.page(), tex, display)
    except engine.EquationError:  # a docstring on a page that declares nothing
        return []
    context.symbols.update(dict.fromkeys(mark.symbol for mark in marks))
    return [Annotation(mark.start, mark.end, {"data-symbol": mark.symbol}) for mark in marks]


def spoken(names: Iterable[str]) -> str:
    """The quantities among the symbols, in letters that a search finds: delta_t for δ_t."""
    return " ".join(plain(name) for name in dict.fromkeys(names) if "∂" not in name and len(name) > 1)


def plain(name: str) -> str:
    """The name of a symbol without TeX: W^f, y-hat_t."""
    accents = re.sub(r"\\(hat|tilde|bar|mathcal)\s*\{([^{}]*)\}", r"\2-\1", name)
    return re.sub(r"\\(mathrm|mathbf)|[\\{}]", "", accents)


class SymbolDictionary(Treeprocessor):
    """Ends a page with what its symbols mean, to be shown where they stand."""

    def __init__(self, md: Any, context: Context) -> None:
        super().__init__(md)
        self.context = context

    def run(self, root: Element) -> None:
        """Describe each symbol that the formulas of the page use."""
        page = self.context.page()
        chapter = self.context.library.chapter(page)
        if chapter is None or not self.context.symbols:
            return
        stem = (page or "").removesuffix(".md")
        template = add(root, "template", id=DICTIONARY)
        template.attrib.update({"data-page": stem, "data-search-exclude": ""})
        for name in _with_parts(self.context.symbols):
            _describe(template, name, chapter, self.context)


def _with_parts(names: dict[str, None]) -> Iterator[str]:
    """The names, and first those of which a derivative is made."""
    found: dict[str, None] = {}
    for name in names:
        match = DERIVATIVE.fullmatch(name)
        found.update(dict.fromkeys([match["above"], match["below"]] if match else []))
    yield from found | names


def _describe(template: Element, name: str, chapter: engine.Chapter, context: Context) -> None:
    entry = add(template, "div", **{"data-symbol": name})
    match = DERIVATIVE.fullmatch(name)
    if match is None:
        _symbol(entry, chapter.scope.symbols[name], context)
    else:
        above, below = (chapter.scope.symbols[match[part]] for part in ("above", "below"))
        _derivative(entry, above, below, match["plus"], context)


def _symbol(entry: Element, symbol: engine.Symbol, context: Context) -> None:
    line = add(entry, "p")
    line.append(formula(symbol.tex, False, context))
    say(line, " ")
    _text(line, symbol.meaning, context)
    facts = add(entry, "p")
    if symbol.kind == "size":
        say(facts, "a size")
        return
    if symbol.shape_tex:
        say(facts, "shape ")
        facts.append(formula(symbol.shape_tex, False, context))
    else:
        say(facts, "an index" if symbol.kind == "index" else "a number")
    for part in filter(None, (part.strip() for part in symbol.values.split(";"))):
        say(facts, " · ")
        _text(facts, f"${part.strip('$')}$" if "$" in part else part, context)


def _derivative(entry: Element, above: engine.Symbol, below: engine.Symbol, plus: str, context: Context) -> None:
    line = add(entry, "p")
    sign = "^+" if plus else ""
    line.append(formula(rf"\partial{sign} {above.tex} / \partial {below.tex}", False, context))
    say(line, f" {'immediate' if plus else 'total'} derivative of ")
    _text(line, f"${above.tex}$, {above.meaning}, with respect to ${below.tex}$, {below.meaning}", context)
    facts = add(entry, "p")
    shapes = [part.shape_tex for part in (above, below) if part.shape_tex]
    say(facts, "shape " if shapes else "a number")
    if shapes:
        facts.append(formula(r" \times ".join(shapes), False, context))


def _text(parent: Element, text: str, context: Context) -> None:
    """Words with formulas between dollar signs."""
    for position, part in enumerate(text.split("$")):
        if position % 2:
            parent.append(formula(part, False, context))
        elif part:
            say(parent, part)
