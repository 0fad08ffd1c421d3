"""Shapes, steps and intervals of a docstring as formulas, and the works that it names as in a book."""

from __future__ import annotations

import re

from rnnwb.site.elements import NO_BREAK

SET = re.compile(
    r"(?P<kept>``.+?``|`[^`]+`|\$[^$]+\$)"
    r"|\bshape\s+(?P<shape>\([^()]*\))"
    r"|(?P<counted>\b(?:[Ss]teps?|[Rr]ows?|by)\s)(?P<step>[tτ](?: [-+] 1)?)(?!\w)"
    r"|\bin (?P<interval>\(-?\d+, \d+\))"
    r"|(?P<alone>τ)"
    r"|\bpages\s+(?P<first>\d+)-(?P<last>\d+)"
    r'|"(?P<title>[^"]+)"'
)
WORKS = re.compile(r"(?m)^( *)References:\n(?:\1 +.*\n?)+")
NEXT_WORK = re.compile(r"(?<=\.)\n(?= +\S)")
WORD = re.compile(r"(?<!\\)\b[a-z]{2,}")
ONE = re.compile(r",\)$")
DASH = "\N{EN DASH}"


def with_formulas(docstring: str) -> str:
    r"""The docstring as Markdown; what stands as code or as a formula already is left as it is.

    >>> with_formulas("Gradient of step t + 1, shape (T_e + 1, H).")
    'Gradient of step $t + 1$, shape $(T_e + 1, H)$.'
    >>> with_formulas("shape (H,), entries in (-1, 1)")
    'shape $(H{,})$, entries in $(-1, 1)$'
    >>> print(with_formulas("`shape (H,)`, shape (steps, gates H)"))
    `shape (H,)`, shape $(\mathrm{steps}, \mathrm{gates}\,H)$
    """
    apart = WORKS.sub(lambda works: NEXT_WORK.sub("\n\n", works[0]), docstring)
    return SET.sub(_set, apart)


def _set(found: re.Match[str]) -> str:
    part = found.groupdict()
    if part["shape"]:
        return f"shape ${_shape(part['shape'])}$"
    if part["step"]:
        return f"{part['counted']}${_tex(part['step'])}$"
    if part["interval"]:
        return f"in ${part['interval']}$"
    if part["alone"]:
        return r"$\tau$"
    if part["first"]:
        return f"pages{NO_BREAK}{part['first']}{DASH}{part['last']}"
    return f"“{part['title']}”" if part["title"] else found[0]


def _shape(text: str) -> str:
    words = WORD.sub(lambda word: rf"\mathrm{{{word[0]}}}", text).replace("…", r"\dots")
    return ONE.sub("{,})", words.replace("} ", r"}\,").replace(r"}\,+", "} +"))


def _tex(step: str) -> str:
    return step.replace("τ", r"\tau")
