"""The card of one equation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor

from rnnwb.site.code import add_code
from rnnwb.site.context import Context
from rnnwb.site.elements import NO_BREAK, add, say, together
from rnnwb.site.library import Entry, PageError
from rnnwb.site.maths.formulas import formula
from rnnwb.site.repository import lines_url
from rnnwb.site.source import Source, SourceError, source_of
from rnnwb.site.stamp import finding
from rnnwb.site.symbols import spoken, symbols_of

SHORT = re.compile(r" (?=\S{1,2}[.,;:](?: |$))")
"""Before a short word that would end its sentence alone in a line."""
AROUND = re.compile(r" ([-+*/<>=]) ")
MINUS = re.compile(r"(?<=[\s(])-(?=\s|\w)")
"""A hyphen that joins no two words."""
MARKED = re.compile(r"(`[^`]+`|\$[^$]+\$)")
SHOWN = 8
"""Equations that are listed at once; the others are folded."""


class Cards(Treeprocessor):
    """Fills the cards of a page once its blocks are made, which reading each block walks through."""

    def __init__(self, md: Any, context: Context) -> None:
        super().__init__(md)
        self.context = context

    def run(self, root: Element) -> None:
        """Fill each."""
        for card, entry in self.context.cards:
            fill_card(card, entry, self.context)


def fill_card(card: Element, entry: Entry, context: Context) -> None:
    """Put everything a reader sees of an equation into its element."""
    card.set("class", f"equation equation--{entry.kind}")
    card.set("id", entry.anchor)
    if entry.kind == "false":
        add(card, "p", "equation__warning", "Known to be false")
    line = add(card, "div", "equation__formula")
    symbols = symbols_of(context, entry.body, display=True)
    maths = add(line, "div", "maths", **{"data-search-exclude": ""})
    maths.append(formula(entry.body, True, context, symbols))
    add(
        line, "a", "equation__number", f"({entry.number})",
        href=f"#{entry.anchor}", title=f"Permanent link to {entry.name}",
    )  # fmt: skip
    source = _source(entry, context)
    _facts(card, entry, source, context)
    if words := spoken(part.attributes["data-symbol"] for part in symbols):
        add(card, "p", text=words, hidden="")
    if source:
        add_code(card, entry, source, context)


def _source(entry: Entry, context: Context) -> Source | None:
    if entry.function is None:
        return None
    try:
        return source_of(entry.function)
    except SourceError as error:
        raise PageError(f"{context.docs / entry.page}:{entry.line}: {error}") from error


def _facts(card: Element, entry: Entry, source: Source | None, context: Context) -> None:
    facts = add(card, "div", "equation__facts")
    if source:
        _function(facts, entry, source, context)
    add(facts, "p", "equation__stamp", finding(entry))
    _others(facts, "equation__rests", "Rests on", context.library.grounds(entry), context)
    _others(facts, "equation__uses", "Used in", context.library.uses(entry), context)


def _function(facts: Element, entry: Entry, source: Source, context: Context) -> None:
    line = add(facts, "p", "equation__function")
    if entry.kind == "false":
        say(line, "The true counterpart: ")
    reference = context.library.reference_to(entry.function or "")
    parent = add(line, "a", href=context.href(*reference)) if reference else line
    add(parent, "code", text=(entry.function or "").rpartition(".")[2])
    if entry.kind != "false":
        _summary(line, source.summary, context)
    url = lines_url(source.path, source.first_line, source.last_line)
    if url:
        say(line, f" ·{NO_BREAK}")
        add(line, "a", "equation__source", "source lines", href=url)


def _summary(line: Element, text: str, context: Context) -> None:
    """The first line of a docstring, with what stands between backticks as code and between dollars as a formula."""
    for part in MARKED.split(f" {text}"):
        if part.startswith("`"):
            add(line, "code", text=part.strip("`"))
        elif part.startswith("$"):
            line.append(formula(part.strip("$"), False, context))
        else:
            say(line, _set(part))


def _set(text: str) -> str:
    """Words with what belongs together in one line, and minus signs."""
    together = SHORT.sub(NO_BREAK, AROUND.sub(rf"{NO_BREAK}\1{NO_BREAK}", text))
    return MINUS.sub("\N{MINUS SIGN}", together)


def _others(facts: Element, css: str, said: str, others: Sequence[Entry], context: Context) -> None:
    """The numbers of other equations, as links."""
    if not others:
        return
    line = add(facts, "div", css, **{"data-search-exclude": ""})
    say(line, together(f"{said} "))
    few = others if len(others) <= SHOWN + 2 else others[:SHOWN]
    _links(line, few, context)
    if rest := others[len(few) :]:
        say(line, " ")
        folded = add(line, "details", "equation__more")
        add(folded, "summary", text=f"and {len(rest)} more")
        _links(folded, rest, context)


def _links(parent: Element, others: Sequence[Entry], context: Context) -> None:
    for position, other in enumerate(others):
        if position:
            say(parent, ", ")
        add(parent, "a", text=other.number, title=other.name, href=context.link(other))
