"""A stylesheet without what no element of the site can match, and without custom properties that nothing reads."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import Any

import tinycss2

from rnnwb.site.delivery.names import PROPERTY, Names

NESTING = {"media", "supports"}


@cache
def used_rules(css: str, names: Names) -> str:
    """The rules whose selectors ask for no other classes than these.

    Raises:
        ValueError: with the line of the stylesheet that is no CSS.

    >>> used_rules(".a, .b > p { color: red } @media print { .b { color: red } }", Names(frozenset("a"), ()))
    '.a{color: red}'
    """
    kept = "".join(_matching(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), names))
    read = names.properties | set(PROPERTY.findall(kept))
    return "".join(_without_unread(rule, read) for rule in tinycss2.parse_stylesheet(kept))


def _matching(rules: Iterable[Any], names: Names) -> Iterator[str]:
    for rule in rules:
        if rule.type == "error":
            raise ValueError(f"line {rule.source_line} of the stylesheet: {rule.message}")
        if rule.type == "qualified-rule":
            selectors = [each for each in _separated(rule.prelude) if all(name in names for name in _classes(each))]
            if selectors:
                yield _rule(",".join(tinycss2.serialize(each).strip() for each in selectors), rule.content)
        elif rule.lower_at_keyword in NESTING:
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            if text := "".join(_matching(inner, names)):
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{text}}}"
        else:
            yield rule.serialize()


def _rule(head: str, content: Iterable[Any]) -> str:
    return f"{head}{{{tinycss2.serialize(content).strip()}}}"


def _separated(prelude: Iterable[Any]) -> Iterator[list[Any]]:
    """The selectors between commas."""
    selector: list[Any] = []
    for token in prelude:
        if token == ",":
            yield selector
            selector = []
        else:
            selector.append(token)
    yield selector


def _classes(selector: list[Any]) -> Iterator[str]:
    """The classes that a selector asks for, those within functions such as `:not()` apart."""
    for before, token in pairwise(selector):
        if before == "." and token.type == "ident":
            yield str(token.value)


def _without_unread(rule: Any, read: Container[str]) -> str:
    """The rule without declarations of custom properties that are not read, such as icons of rules that are gone."""
    parts = tinycss2.parse_blocks_contents(rule.content) if rule.type == "qualified-rule" else []
    declared = [part for part in parts if part.type == "declaration"]
    kept = [part for part in declared if not part.name.startswith("--") or part.name in read]
    if len(kept) == len(declared):
        return str(rule.serialize())
    text = ";".join(part.serialize() for part in kept)
    return f"{tinycss2.serialize(rule.prelude)}{{{text}}}" if kept else ""
