"""Alignment commands: they arrange a formula on the page and carry no meaning."""

from __future__ import annotations

import re

from rnnwb.equations.source import Source

_CASES = re.compile(r"\\begin\{cases\}.*?\\end\{cases\}", re.DOTALL)
_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{(aligned|align\*?|split|gathered)\}")
_MARK = re.compile(r"&|\\\\(\[[^\]]*\])?")
_CONTINUES = re.compile(
    r"(\s|&|\\[,;:! ]|\\q?quad|\\!|\\(left|right)(?![A-Za-z]))*"
    r"([=<>+-]|\\(leq?|geq?|odot|cdot|times|end)(?![A-Za-z])|$)"
)
_DELIMITER = re.compile(r"\\(left|right)(?![A-Za-z])")


def without_alignment(source: Source) -> str:
    """The TeX with alignment blanked out, every other character in its old place.

    Args:
        source: the TeX of one equation.

    Raises:
        EquationError: if a line break separates two equations, or delimiters do not pair.
    """
    _check_delimiters(source)
    _check_lines(source)
    text = source.text
    kept = [(m.start(), m.end()) for m in _CASES.finditer(text)]
    aligned = bool(_ENVIRONMENT.search(text))
    for mark in _MARK.finditer(source.text):
        if any(start <= mark.start() < end for start, end in kept):
            continue
        _check_mark(source, mark, aligned)
        text = _blank(text, mark)
    for environment in _ENVIRONMENT.finditer(source.text):
        text = _blank(text, environment)
    return text


def _check_delimiters(source: Source) -> None:
    depth = 0
    for match in _DELIMITER.finditer(source.text):
        depth += 1 if match[1] == "left" else -1
        if depth < 0:
            raise source.error(match.start(), r"\right without its \left", r"pair them, or drop both")
    if depth:
        raise source.error(0, r"\left without its \right", "pair them, or drop both")


def _check_lines(source: Source) -> None:
    blank = re.search(r"\n[ \t]*\n", source.text.rstrip())
    if blank:
        raise source.error(
            blank.end(), "a blank line inside the formula", "one equation a block: give the second one its own"
        )
    if _ENVIRONMENT.search(source.text):
        return
    for end in re.finditer(r"(?<=[\w})\]])[ \t]*\n", source.text):
        line = source.text[end.end() :].split("\n", 1)[0]
        bare = re.sub(r"\{[^{}]*\}|\[[^\]]*\]", "", re.sub(r"\{[^{}]*\}", "", line))
        if not _CONTINUES.match(line) and "=" in bare and "=" in source.text[: end.start()]:
            raise source.error(end.end(), "a second equation begins on this line", "one equation a block")


def _check_mark(source: Source, mark: re.Match[str], aligned: bool) -> None:
    if not aligned:
        raise source.error(mark.start(), f"{mark[0]!r} outside an alignment", r"wrap the chain in \begin{aligned}")
    if mark[0] != "&" and not _CONTINUES.match(source.text, mark.end()):
        raise source.error(
            mark.start(),
            "a second equation begins after this line break",
            "one equation a block: a further line starts with a relation, + or −",
        )


def _blank(text: str, match: re.Match[str]) -> str:
    blank = re.sub(r"[^\n]", " ", match[0])
    return text[: match.start()] + blank + text[match.end() :]
