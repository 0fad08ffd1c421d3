"""Mathematical labels: a little TeX, set as SVG text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import drawsvg

from rnnwb.site.maths.font import advance

Point = tuple[float, float]

TEXT_SIZE = 17.0
SIZES = {"": TEXT_SIZE, "bar": TEXT_SIZE, "^": 12.0, "_": 12.0, "__": 11.5}
HEIGHTS = {"": 0.0, "bar": -3.5, "^": -5.5, "_": 4.5, "__": 7.0}

SIGNS = {
    "-": "−", r"\partial": "∂", r"\top": "⊤", r"\odot": "⊙", r"\to": "→", r"\|": "‖", r"\le": "≤",
    r"\tanh": "tanh", r"\alpha": "𝛼", r"\beta": "𝛽", r"\delta": "𝛿", r"\kappa": "𝜅", r"\tau": "𝜏", r"\rho": "𝜌",
    r"\Delta": "Δ",
}  # fmt: skip
NO_SYMBOLS = {r"\partial", r"\odot", r"\|", r"\tanh", r"\le", "/", "+", "-", "=", "(", ")", ","}

MACRON = "\u0304"
"""Combines with the letter before; in a run of its own, so that it stands clear of a capital."""

CLOSE, APART = {"/", ")"}, {"=", "+"}
"""What stands close to what it comes after, and what stands apart on both sides."""

ALPHABETS = {"": 0x1D434, "bar": 0x1D434, "mathbf": 0x1D400, "mathcal": 0x1D49C}
SCRIPT_HOLES = {"B": "ℬ", "E": "ℰ", "F": "ℱ", "H": "ℋ", "I": "ℐ", "L": "ℒ", "M": "ℳ", "R": "ℛ"}

SCRIPTED = re.compile(r"(?P<base>\\(?:math[a-z]+|bar)\{\w\}|\d[\d.]*|\\[a-zA-Z]+|\\\||.)(?P<scripts>.*)")
SCRIPT = re.compile(r"([_^])(\{(?:[^{}]|\{[^{}]*\})*\}|\\[a-zA-Z]+|.)")
TIME = re.compile(r"_(?:t\b|\\tau\b|\{t\})")
TOKEN = re.compile(r"\\(?P<style>math[a-z]+|bar)\{(?P<styled>\w+)\}|(?P<sign>\\[a-zA-Z]+|\\\||.)")


@dataclass(frozen=True)
class Run:
    """Letters on one height that belong to one symbol."""

    text: str
    height: str
    symbol: str
    gap: float = 0.0


def label(tex: str, at: Point, step: str = "", symbol: str = "", anchor: str = "middle") -> drawsvg.DrawingElement:
    """Symbols, apart by spaces, set around a point; `step` is printed in the place of their time index.

    Each carries the name under which the page declares it, or that of `symbol`.
    """
    text = drawsvg.Text(
        "", TEXT_SIZE, at[0], at[1] + 5.5, text_anchor=anchor, fill="currentColor", stroke="none", class_="maths"
    )  # fmt: skip
    factors = tex.split()
    runs = [
        run for one, factor in zip(["", *factors], factors, strict=False) for run in _runs(factor, step, symbol, one)
    ]
    before = ""
    for run in runs:
        text.append(_span(run, before))
        before = run.height
    return text


def words(text: str, at: Point, anchor: str = "middle", css: str = "words") -> drawsvg.DrawingElement:
    """Plain words at a point."""
    x, y = at
    return drawsvg.Text(text, 13, x, y + 4.5, text_anchor=anchor, fill="currentColor", stroke="none", class_=css)


def _span(run: Run, before: str) -> drawsvg.DrawingElement:
    style: dict[str, object] = {"data_symbol": run.symbol} if run.symbol else {}
    if SIZES[run.height] != TEXT_SIZE:
        style["font_size"] = SIZES[run.height]
    drop = HEIGHTS[run.height] - HEIGHTS[before]
    if drop:
        style["dy"] = drop
    if run.gap:
        style["dx"] = run.gap
    return drawsvg.TSpan(run.text, **style)


def _runs(factor: str, step: str, symbol: str, after: str) -> Iterator[Run]:
    """The base of a symbol, its upper script and, below that, its lower one."""
    match = SCRIPTED.fullmatch(factor)
    assert match is not None, factor
    name = symbol or _symbol(factor)
    yield Run(_set(match["base"]), "", name, _gap(after, factor))
    if match["base"].startswith(r"\bar"):
        yield Run(MACRON, "bar", name, 1)
    scripts = TIME.sub(lambda _: f"_{{{step}}}", match["scripts"]) if step else match["scripts"]
    found = {"^": "", "_": ""}
    for sign, body in SCRIPT.findall(scripts):
        found[sign] += body[1:-1] if body[0] == "{" else body
    upper, (lower, _, lowest) = _set(found["^"]), found["_"].partition("_")
    back = round(SIZES["^"] * advance(upper), 2)
    heights = (("^", upper, 0.0), ("_", _set(lower), -back), ("__", _set(lowest), 0.0))
    yield from (Run(text, height, name, gap) for height, text, gap in heights if text)


def _gap(after: str, factor: str) -> float:
    """How far a factor stands from the one that it comes after, if any."""
    if not after or factor in CLOSE:
        return 0.0
    return 4.0 if {after, factor} & APART else 1.0


def _symbol(factor: str) -> str:
    """The name that a factor is declared by, unless it is a sign or a number; a digit below picks an entry of it."""
    if factor.partition("_")[0] in NO_SYMBOLS or factor[0].isdigit():
        return ""
    return re.sub(r"_\d$", "", factor.replace(r"^\top", ""))


def _set(tex: str) -> str:
    """Letters and signs without scripts, as Unicode has them for mathematics."""
    return "".join(_glyph(token["style"] or "", token["styled"] or token["sign"]) for token in TOKEN.finditer(tex))


def _glyph(style: str, text: str) -> str:
    if style == "mathrm":
        return text
    if text in SIGNS:
        return SIGNS[text]
    if not (len(text) == 1 and text.isascii() and text.isalpha()):
        return text
    if style == "mathcal" and text in SCRIPT_HOLES:
        return SCRIPT_HOLES[text]
    letter = ord(text) - ord("A") if text.isupper() else ord(text) - ord("a") + 26
    return "ℎ" if text == "h" and not style else chr(ALPHABETS[style] + letter)
