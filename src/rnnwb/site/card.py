"""The card of one equation."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from rnnwb.site.context import Context
from rnnwb.site.elements import add, say
from rnnwb.site.library import Entry, PageError
from rnnwb.site.maths.formulas import formula
from rnnwb.site.repository import lines_url
from rnnwb.site.source import Source, SourceError, source_of
from rnnwb.site.stamp import finding

KINDS = {"define": "Definition", "equation": "Equation", "false": "Known to be false"}


def fill_card(card: Element, entry: Entry, context: Context) -> None:
    """Put everything a reader sees of an equation into its element."""
    card.set("class", f"equation equation--{entry.kind}")
    card.set("id", entry.anchor)
    if entry.kind == "false":
        add(card, "p", "equation__warning", KINDS["false"])
    line = add(card, "div", "equation__formula")
    add(line, "div", "maths").append(formula(entry.body, True, context))
    add(
        line, "a", "equation__number", f"({entry.number})",
        href=f"#{entry.anchor}", title=f"Permanent link to {entry.name}",
    )  # fmt: skip
    add(card, "p", "equation__stamp", finding(entry))
    source = _source(entry, context)
    if source:
        _function(card, entry, source, context)
    if entry.rests_on:
        _rests_on(card, entry, context)
    if source:
        _code(card, source, context)


def _source(entry: Entry, context: Context) -> Source | None:
    if entry.function is None:
        return None
    try:
        return source_of(entry.function)
    except SourceError as error:
        raise PageError(f"{context.docs / entry.page}:{entry.line}: {error}") from error


def _function(card: Element, entry: Entry, source: Source, context: Context) -> None:
    line = add(card, "p", "equation__function")
    if entry.kind == "false":
        say(line, "The true counterpart: ")
    _function_links(line, entry.function or "", source, context)


def _function_links(line: Element, function: str, source: Source, context: Context) -> None:
    reference = context.library.reference_to(function)
    short = function.rpartition(".")[2]
    parent = add(line, "a", href=context.href(*reference)) if reference else line
    add(parent, "code", text=short)
    url = lines_url(source.path, source.first_line, source.last_line)
    if url:
        say(line, " · ")
        add(line, "a", "equation__source", "source lines", href=url)


def _code(card: Element, source: Source, context: Context) -> None:
    details = add(card, "details", "equation__code")
    add(details, "summary", text="Code")
    html = highlight(source.code, PythonLexer(), HtmlFormatter(cssclass="highlight", wrapcode=True))
    holder = add(details, "div")
    holder.text = context.md.htmlStash.store(html)


def _rests_on(card: Element, entry: Entry, context: Context) -> None:
    line = add(card, "p", "equation__rests")
    say(line, "Rests on ")
    others = [other for other in context.library.entries.values() if other.name in entry.rests_on]
    for position, other in enumerate(others):
        say(line, ", " if position else "")
        link = add(line, "a", "equation-link", f"({other.number})", title=other.name)
        link.set("href", context.link(other))
