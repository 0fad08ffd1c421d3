"""The list of all equations, by article, with what the check found and what rests on what."""

from __future__ import annotations

from collections import Counter
from xml.etree.ElementTree import Element

from rnnwb.site.context import Context
from rnnwb.site.elements import add, say
from rnnwb.site.graph import dependency_graph
from rnnwb.site.library import Entry
from rnnwb.site.stamp import finding
from rnnwb.site.symbols import plain

KINDS = {"define": "definition", "equation": "equation", "false": "known to be false"}
COLUMNS = ("number", "name", "kind", "function", "found")


def list_equations(parent: Element, context: Context) -> None:
    """The filter, and one section for each page that has equations."""
    parent.set("class", "equation-list")
    entries = list(context.library.entries.values())
    pages = sorted(dict.fromkeys(entry.page for entry in entries), key=context.library.place)
    symbols = {entry.name: _symbols(entry, context) for entry in entries}
    _summary(parent, entries)
    _filter(parent, pages, symbols, context)
    for page in pages:
        _section(parent, page, [entry for entry in entries if entry.page == page], symbols, context)


def _title(page: str, context: Context) -> str:
    front = context.library.fronts[page]
    number = f"{front['series']}. " if "series" in front else ""
    return f"{number}{front.get('title', page)}"


def _symbols(entry: Entry, context: Context) -> list[str]:
    chapter = context.library.chapter(entry.page)
    assert chapter is not None
    marks = context.library.marks(entry.page, entry.body, display=True)
    kinds = chapter.scope.symbols
    names = dict.fromkeys(mark.symbol for mark in marks if mark.symbol in kinds)
    return [plain(name) for name in names if kinds[name].kind == "quantity"]


def _summary(parent: Element, entries: list[Entry]) -> None:
    count = Counter(entry.kind for entry in entries)
    values = sum(entry.verdict.values for entry in entries)
    add(
        parent, "p",
        text=f"{len(entries)} equations: {count['define']} definitions, {count['equation']} that follow from them, and "
        f"{count['false']} that are known to be false. When this site was built, {values:,} values were compared.",
    )  # fmt: skip


def _filter(parent: Element, pages: list[str], symbols: dict[str, list[str]], context: Context) -> None:
    """A form without effect until its script shows it."""
    form = add(parent, "form", "equation-filter", role="search")
    form.set("aria-label", "Filter equations")
    _labelled(form, "Text", "text", add(form, "input", type="search", id="filter-text"))
    _choice(form, "Article", "page", {page: _title(page, context) for page in pages})
    _choice(form, "Kind", "kind", KINDS)
    names = sorted(sorted(set().union(*symbols.values())), key=str.casefold)
    _choice(form, "Symbol", "symbol", {name: name for name in names})
    add(form, "output", "equation-filter__count")


def _choice(form: Element, said: str, name: str, options: dict[str, str]) -> None:
    select = add(form, "select", id=f"filter-{name}")
    add(select, "option", text="all", value="")
    for value, text in options.items():
        add(select, "option", text=text, value=value)
    _labelled(form, said, name, select)


def _labelled(form: Element, said: str, name: str, control: Element) -> None:
    form.remove(control)
    label = add(form, "label")
    say(label, f"{said} ")
    label.append(control)
    control.set("name", name)


def _section(parent: Element, page: str, entries: list[Entry], symbols: dict[str, list[str]], context: Context) -> None:
    section = add(parent, "details", "equation-group")
    section.set("data-page", page)
    summary = add(section, "summary", text=_title(page, context))
    add(summary, "span", "equation-group__count", f"{len(entries)}")
    _graph(section, page, entries, context)
    table = add(add(section, "div", "equation-group__table", tabindex="0"), "table")
    row = add(add(table, "thead"), "tr")
    for column in COLUMNS:
        add(row, "th", text=column, scope="col")
    body = add(table, "tbody")
    for entry in entries:
        _row(body, entry, symbols[entry.name], context)


def _graph(section: Element, page: str, entries: list[Entry], context: Context) -> None:
    folded = add(section, "details", "equation-group__graph", **{"data-search-exclude": ""})
    add(folded, "summary", text="What rests on what")
    add(
        folded, "p", text="Each equation stands below all that its evaluation read. An arrow that follows from others is "
        "left out, and a dashed one leads back: a quantity of one step is read at the next. A definition has a thick border, "
        "an equation known to be false a dashed one.",
    )  # fmt: skip
    name = f"Graph of {_title(page, context)}"
    region = add(folded, "div", "equation-group__drawing", tabindex="0", role="group", **{"aria-label": name})
    dependency_graph(region, entries, context)


def _row(body: Element, entry: Entry, symbols: list[str], context: Context) -> None:
    row = add(body, "tr", **{"data-kind": entry.kind, "data-symbols": " ".join(symbols)})
    add(add(row, "td"), "a", text=entry.number, href=context.link(entry))
    add(row, "td", text=entry.title)
    add(row, "td", text=KINDS[entry.kind])
    function = add(row, "td")
    if entry.function:
        reference = context.library.reference_to(entry.function)
        holder = add(function, "a", href=context.href(*reference)) if reference else function
        add(holder, "code", text=entry.function.rpartition(".")[2])
    add(row, "td", text=finding(entry))
