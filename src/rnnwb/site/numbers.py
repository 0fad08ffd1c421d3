"""Instances with numbers for the cards of a page, in a script that is loaded when a reader asks for one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial
from xml.etree.ElementTree import Element, tostring

import rnnwb.equations as engine
from rnnwb.site.elements import add, say
from rnnwb.site.kept import kept, place
from rnnwb.site.library import Library
from rnnwb.site.maths.typeset import typeset

LONG = 34
"""Signs after which a line breaks before a plus or minus: about the width of a phone."""
RELATIONS = {"=": "=", "<=": "≤", ">=": "≥", "<": "<", ">": ">"}
FOLDER = "assets/numbers"


def scripts(library: Library) -> Iterator[tuple[str, bytes]]:
    """The script of each page that has equations, with its path below the site."""
    for page in dict.fromkeys(entry.page for entry in library.entries.values()):
        content = kept(place("numbers", page, f"{library.key(page)}.js"), partial(_script, library, page))
        yield f"{FOLDER}/{page.removesuffix('.md')}.js", content


def _script(library: Library, page: str) -> bytes:
    chapter = library.chapter(page)
    assert chapter is not None
    arguments = json.dumps([page.removesuffix(".md"), "".join(numbers_of(chapter))], ensure_ascii=False)
    return f"addNumbers(...{arguments});\n".encode()


def numbers_of(chapter: engine.Chapter) -> Iterator[str]:
    """The HTML of each instance on a page."""
    instances = engine.Instances(chapter)
    for block in chapter.page.blocks:
        if block.kind != "symbols":
            panel = Element("div", {"id": f"numbers-{block.name}"})
            _fill(panel, instances.of(block), chapter, holds=block.kind != "false")
            yield tostring(panel, encoding="unicode", method="html") + "\n"


def _fill(panel: Element, instance: engine.Instance, chapter: engine.Chapter, holds: bool) -> None:
    where = add(panel, "p")
    say(where, "In a tiny network with ")
    _assigned(where, instance.sizes, chapter)
    if instance.indices:
        say(where, ", at ")
        _assigned(where, instance.indices, chapter)
    say(where, ":")
    sides = add(panel, "dl")
    for position, side in enumerate(instance.sides):
        add(sides, "dt", text=_label(position, len(instance.sides)))
        _work(add(sides, "dd", "maths"), [side.symbols, side.numbers, side.value])
    say(add(panel, "p"), _conclusion(instance, holds))


def _assigned(parent: Element, numbers: dict[str, int], chapter: engine.Chapter) -> None:
    for position, (name, number) in enumerate(numbers.items()):
        say(parent, ", " if position else "")
        parent.append(typeset(f"{chapter.scope.symbols[name].tex} = {number}", display=False))


def _label(position: int, sides: int) -> str:
    if position == 0:
        return "left"
    return "right" if sides == 2 else f"right, {position}"


def _work(parent: Element, steps: list[str]) -> None:
    """What stands there in symbols, in numbers, and what these make."""
    first, *others = [_broken(step) for step in steps if step]
    rows = [rf"& {first}", *(f"&= {step}" for step in others)]
    if len(others) == 1 and _width(first) < LONG / 2:
        rows = [rf"& {first} = {others[0]}"]
    tex = r"\begin{aligned} " + r" \\ ".join(rows) + r" \end{aligned}"
    parent.append(typeset(tex, display=True))


def _broken(tex: str) -> str:
    """A long sum in several lines, each of a few terms."""
    lines = [""]
    for term in _terms(tex):
        if lines[-1] and _width(lines[-1] + term) > LONG:
            lines.append("")
        lines[-1] += term
    return r" \\ & \quad ".join(lines)


def _terms(tex: str) -> Iterator[str]:
    """The pieces of a sum, each with the sign before it."""
    start = depth = 0
    for at, sign in enumerate(tex):
        depth += {"{": 1, "(": 1, "}": -1, ")": -1}.get(sign, 0)
        if depth == 0 and sign in "+-" and tex[at - 1 : at] == " ":
            yield tex[start:at]
            start = at
    yield tex[start:]


def _width(tex: str) -> int:
    """About how many signs wide a formula is: a fraction is as wide as its longer part."""
    flat = re.sub(
        r"\\frac\{((?:[^{}]|\{[^{}]*\})*)\}\{((?:[^{}]|\{[^{}]*\})*)\}", lambda m: max(m[1], m[2], key=len), tex
    )
    flat = re.sub(r"\\begin\{pmatrix\}(.*?)\\end\{pmatrix\}", lambda m: max(m[1].split(r"\\"), key=len), flat)
    return len(re.sub(r"\\(left|right|cdot|odot|partial|operatorname|mathrm|mathbf)|\\[a-z]+|[{}^_ ]", "", flat))


def _conclusion(instance: engine.Instance, holds: bool) -> str:
    values = [side.value for side in instance.sides]
    if not holds:
        return "The two sides differ, as they must for an equation that is known to be false."
    if all(operator == "=" for operator in instance.operators):
        assert len(set(values)) == 1
        return "Both sides are the same number." if len(values) == 2 else "All sides are the same number."
    return f"The relation {' '.join(RELATIONS[operator] for operator in instance.operators)} holds."
