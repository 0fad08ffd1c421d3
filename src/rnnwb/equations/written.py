"""A syntax tree as TeX that reads back as the same tree."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from rnnwb.equations import syntax as s
from rnnwb.equations.symbols import Form, Scope

SUM, PRODUCT, ATOM = 1, 2, 3
"""How tightly a formula holds together: what stands in a tighter one takes brackets."""

FUNCTIONS = {"logistic": r"\sigma", "softmax": r"\operatorname{softmax}", "rho": r"\rho"}
WORDS = {"diag", "sign", "tr", "sg"}


class Writer:
    """Writes trees in the symbols of a page."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def tex(self, node: s.Node, inside: int = SUM) -> str:
        """The TeX of a tree that stands in a sum, in a product or under a script."""
        text, tightness = _RULES[type(node)](self, node)
        return text if tightness >= inside else bracketed(text)

    def constant(self, node: s.Constant) -> tuple[str, int]:
        """A number or an array of numbers."""
        array = np.asarray(node.value)
        if array.ndim == 0:
            return _number(float(array)), ATOM if array >= 0 else SUM
        rows = (" & ".join(map(_number, row)) for row in np.atleast_2d(array))
        return r"\begin{pmatrix} " + r" \\ ".join(rows) + r" \end{pmatrix}", ATOM

    def plus(self, node: s.Plus) -> tuple[str, int]:
        """A sum or a difference."""
        sign = "+" if node.sign > 0 else "-"
        return f"{self.tex(node.left)} {sign} {self.tex(node.right, PRODUCT)}", SUM

    def times(self, node: s.Times) -> tuple[str, int]:
        """A product, with dots where it is one of numbers."""
        dot = r" \cdot " if any(map(_is_number, node.factors)) else " "
        return dot.join(self.tex(factor, ATOM) for factor in node.factors), PRODUCT

    def hadamard(self, node: s.Hadamard) -> tuple[str, int]:
        """An elementwise product."""
        return r" \odot ".join(self.tex(factor, ATOM) for factor in node.factors), PRODUCT

    def quotient(self, node: s.Quotient) -> tuple[str, int]:
        """A fraction."""
        return rf"\frac{{{self.tex(node.numerator)}}}{{{self.tex(node.denominator)}}}", ATOM

    def raised(self, base: s.Node, above: str) -> tuple[str, int]:
        """Something in brackets, unless nobody could misread it, with a script above."""
        text = self.tex(base)
        plain = isinstance(base, s.Quantity | s.Constant) and above == r"\top" and "^" not in text
        return f"{text if plain else bracketed(text)}^{{{above}}}", ATOM

    def entry(self, node: s.Entry) -> tuple[str, int]:
        """An entry of an expression."""
        parts = ",".join(self.tex(part) for part in node.parts)
        return f"{bracketed(self.tex(node.operand))}_{{{parts}}}", ATOM

    def call(self, node: s.Call) -> tuple[str, int]:
        """A named function of its arguments."""
        arguments = ", ".join(map(self.tex, node.arguments))
        if node.function == "sqrt":
            return rf"\sqrt{{{arguments}}}", ATOM
        name = FUNCTIONS.get(node.function) or (
            rf"\operatorname{{{node.function}}}" if node.function in WORDS else rf"\{node.function}"
        )
        return name + bracketed(arguments), ATOM

    def norm(self, node: s.Norm) -> tuple[str, int]:
        """A modulus or a norm that says which."""
        if node.which == "|":
            return rf"\lvert {self.tex(node.operand)} \rvert", ATOM
        which = f"_{{{node.which}}}" if node.which else ""
        return rf"\lVert {self.tex(node.operand)} \rVert{which}", ATOM

    def derivative(self, node: s.Derivative) -> tuple[str, int]:
        """A total or an immediate derivative."""
        plus = "^+" if node.immediate else ""
        above, below = self.tex(node.numerator, ATOM), self.tex(node.variable)
        return rf"\frac{{\partial{plus} {above}}}{{\partial {below}}}", ATOM

    def quantity(self, node: s.Quantity) -> tuple[str, int]:
        """A symbol with its indices in the slots of its declared form."""
        forms = (f for f in self.scope.forms[self._letter(node)] if f.symbol is node.symbol and not f.sequence)
        form = next(f for f in forms if f.whole == (node.parts is None))
        values = {"time": iter(node.times or ()), "part": iter(node.parts or ())}
        slots = sorted((*form.below, *form.above), key=lambda slot: slot.position)
        texts = {id(x): x.label if x.role == "label" else self.tex(next(values[x.role])) for x in slots}
        return form.letter + _scripts(form, texts), ATOM

    def _letter(self, node: s.Quantity) -> str:
        parts = node.parts is None
        return next(
            letter for letter, forms in self.scope.forms.items()
            if any(f.symbol is node.symbol and f.whole == parts and not f.sequence for f in forms)
        )  # fmt: skip


def bracketed(text: str) -> str:
    """The formula in brackets, tall ones around what is tall."""
    tall = re.search(r"\\(frac|begin|sqrt)", text)
    return rf"\left({text}\right)" if tall else f"({text})"


def _number(value: float) -> str:
    """The shortest decimal that is this number."""
    text = np.format_float_positional(value, trim="-")
    return "0" if text == "-0" else text


def _is_number(node: s.Node) -> bool:
    return isinstance(node, s.Number) or (isinstance(node, s.Constant) and np.ndim(node.value) == 0)


def _scripts(form: Form, texts: dict[int, str]) -> str:
    sides = (("_", form.below), ("^", form.above))
    return "".join(f"{mark}{{{_joined([texts[id(x)] for x in slots])}}}" for mark, slots in sides if slots)


def _joined(items: Sequence[str]) -> str:
    """Indices side by side where each is one digit or letter, with commas where they could run together."""
    together = all(len(item) == 1 or item.startswith("\\") for item in items)
    return ("" if together else ",").join(items)


_RULES: dict[type[s.Node], Callable[[Writer, Any], tuple[str, int]]] = {
    s.Constant: Writer.constant,
    s.Number: lambda writer, node: (f"{node.value:g}", ATOM),
    s.Index: lambda writer, node: (node.symbol.tex, ATOM),
    s.Size: lambda writer, node: (node.symbol.tex, ATOM),
    s.Quantity: Writer.quantity,
    s.Plus: Writer.plus,
    s.Negative: lambda writer, node: (f"-{writer.tex(node.operand, PRODUCT)}", SUM),
    s.Times: Writer.times,
    s.Hadamard: Writer.hadamard,
    s.Quotient: Writer.quotient,
    s.Power: lambda writer, node: writer.raised(node.base, writer.tex(node.exponent)),
    s.Transpose: lambda writer, node: writer.raised(node.operand, r"\top"),
    s.Entry: Writer.entry,
    s.Call: Writer.call,
    s.Norm: Writer.norm,
    s.Derivative: Writer.derivative,
}  # fmt: skip
