r"""Formulas of plain numbers, worked out without the engine: one method for each thing that may stand in one."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

TOKEN = re.compile(
    r"\d+(?:\.\d+)?|\\begin\{pmatrix\}.*?\\end\{pmatrix\}|\\operatorname\{\w+\}|\\[a-zA-Z]+|[-+(){}^_,F]", re.DOTALL
)
SILENT = {r"\left", r"\right"}
FUNCTIONS = {
    **{rf"\{name}": getattr(np, name) for name in ("tanh", "exp", "log", "cosh", "sinh", "sin", "cos")},
    r"\sigma": lambda x: 1 / (1 + np.exp(-x)),
    r"\max": max,
    r"\min": min,
    r"\operatorname{softmax}": lambda x: np.exp(x) / np.exp(x).sum(0 if x.shape[1] == 1 else 1, keepdims=True),
    r"\operatorname{diag}": lambda x: np.diag(x.ravel()),
    r"\operatorname{tr}": np.trace,
    r"\operatorname{sg}": lambda x: x,
    r"\operatorname{sign}": np.sign,
    r"\rho": lambda x: abs(np.linalg.eigvals(x)).max(),
}


def worked_out(tex: str) -> Any:
    """The value of a formula of plain numbers: a number, or an array with two axes."""
    reader = Reader(tex)
    value = reader.sum()
    assert not reader.tokens, f"{reader.tokens} is left of {tex}"
    return value


class Reader:
    """The tokens that are left."""

    def __init__(self, tex: str) -> None:
        assert not TOKEN.sub("", tex).strip(), f"{TOKEN.sub('', tex)!r} is not understood"
        self.tokens = [token for token in TOKEN.findall(tex) if token not in SILENT]

    def next_is(self, *wanted: str) -> bool:
        """Whether the next token is one of these."""
        return bool(self.tokens) and self.tokens[0] in wanted

    def take(self, *wanted: str) -> str:
        """The next token, which must be one of these, if any are named."""
        assert not wanted or self.next_is(*wanted), f"{self.tokens[:3]} where {wanted} is wanted"
        return self.tokens.pop(0)

    def sum(self) -> Any:
        value = -self.product() if self.next_is("-") and self.take() else self.product()
        while self.next_is("+", "-"):
            value = value + self.product() if self.take() == "+" else value - self.product()
        return value

    def product(self) -> Any:
        value = self.factor()
        while self.tokens and not self.next_is("+", "-", ")", "}", ",", r"\rVert", r"\rvert"):
            if self.next_is(r"\odot"):
                self.take()
                value = value * self.factor()
                continue
            if self.next_is(r"\cdot"):
                self.take()
            value = times(value, self.factor())
        return value

    def factor(self) -> Any:
        value = self.primary()
        while self.next_is("^", "_"):
            value = raised(value, self.braced) if self.take() == "^" else self.entry(value)
        return value

    def braced(self) -> Any:
        self.take("{")
        value = "top" if self.next_is(r"\top") and self.take() else self.sum()
        self.take("}")
        return value

    def entry(self, value: Any) -> Any:
        self.take("{")
        parts = [self.sum()]
        while self.next_is(","):
            self.take()
            parts.append(self.sum())
        self.take("}")
        array = value.ravel() if len(parts) == 1 else value
        return array[tuple(int(part) - 1 for part in parts)]

    def primary(self) -> Any:
        token = self.take()
        if token[0].isdigit():
            return float(token)
        if token.startswith(r"\begin"):
            rows = re.sub(r"\\(begin|end)\{pmatrix\}", "", token).split(r"\\")
            return np.array([[float(entry) for entry in row.split("&")] for row in rows])
        if token == r"\frac":
            return self.braced() / self.braced()
        if token == r"\sqrt":
            return np.sqrt(self.braced())
        if token in (r"\lVert", r"\lvert"):
            return self.norm()
        return self.call(token)

    def norm(self) -> Any:
        value = self.sum()
        if self.take() == r"\rvert":
            return abs(value)
        named = self.next_is("_") and [self.take() for _ in range(4)]
        entries = 1 in value.shape or (named and named[2] == "F")
        return np.linalg.norm(value) if entries else np.linalg.norm(value, 2)

    def call(self, token: str) -> Any:
        if token == "(":
            value = self.sum()
            self.take(")")
            return value
        self.take("(")
        arguments = [self.sum()]
        while self.next_is(","):
            self.take()
            arguments.append(self.sum())
        self.take(")")
        return FUNCTIONS[token](*arguments)


def times(left: Any, right: Any) -> Any:
    """The product of numbers, of a number and an array, or of matrices."""
    if np.ndim(left) == 0 or np.ndim(right) == 0:
        return left * right
    product = left @ right
    return float(product[0, 0]) if product.shape == (1, 1) else product


def raised(value: Any, script: Any) -> Any:
    """A transpose, the power of a square matrix, or powers of entries."""
    exponent = script()
    if isinstance(exponent, str):
        return value.T
    square = np.ndim(value) == 2 and value.shape[0] == value.shape[1]
    return np.linalg.matrix_power(value, int(exponent)) if square else value**exponent
