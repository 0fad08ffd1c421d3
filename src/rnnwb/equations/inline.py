"""Formulas inside sentences: every symbol in them must be declared; relations are not executed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from rnnwb.equations.parse import terminal
from rnnwb.equations.resolve import read
from rnnwb.equations.source import Source
from rnnwb.equations.symbols import Scope

_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_FORMULA = re.compile(r"(?<![\\$])\$(?![\s$])((?:\\.|[^$\\])+?)(?<!\s)\$(?!\d)", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FREE = re.compile(
    r"\\mathbb\s*\{R\}|(?<![_^{,])\\(text|mathrm|operatorname)\s*\{[^{}]*\}(?!\s*[_^])|\\(begin|end)\{\w+\}"
)


def inline_formulas(page: str, lines: Sequence[str]) -> Iterator[Source]:
    """The `$…$` of a page's prose, with their places."""
    text = "\n".join(lines)
    for pattern in (_COMMENT, _CODE):
        text = pattern.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)
    whole = Source(text, page, 1)
    for match in re.finditer(r"(?<!\\)\$\$|\\\[", text):
        yield Source(match[0], page, *whole.place(match.start()))
    for match in _FORMULA.finditer(text):
        yield Source(match[1], page, *whole.place(match.start(1)))


def check_inline(source: Source, scope: Scope) -> None:
    """Read every symbol of an inline formula.

    Raises:
        EquationError: for a symbol that nobody declared.
    """
    for _, written in written_symbols(source):
        read(written, scope, "scripted")


def written_symbols(source: Source) -> Iterator[tuple[int, Source]]:
    """Each symbol of an inline formula with its scripts, and the offset at which it begins."""
    text = _FREE.sub(lambda m: " " * len(m[0]), source.text)
    at = 0
    while match := _tokens().search(text, at):
        at = match.end()
        if match["symbol"]:
            at = _scripts_end(text, at)
            yield match.start(), Source(text[match.start() : at], source.page, *source.place(match.start()))


@cache
def _tokens() -> re.Pattern[str]:
    return re.compile(rf"{terminal('FUNCTION')}|(?P<symbol>{terminal('SYMBOL')})|\\[A-Za-z]+|\\.")


def _scripts_end(text: str, at: int) -> int:
    """Where the scripts that follow a symbol end."""
    while match := re.compile(r"\s*[_^]\s*").match(text, at):
        at = match.end()
        if text[at : at + 1] != "{":
            single = re.compile(r"\\[A-Za-z]+|.").match(text, at)
            at = single.end() if single else len(text)
            continue
        at = _closing_brace(text, at) + 1
    return at


def _closing_brace(text: str, start: int) -> int:
    depth = 0
    for at in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if depth == 0:
            return at
    return len(text)
