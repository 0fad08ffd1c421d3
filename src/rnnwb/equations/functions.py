"""Named functions and norms, each analytic where it is differentiated by complex step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from rnnwb.equations.algebra import (
    Array,
    ShapeError,
    Value,
    elementwise,
    is_perturbed,
    is_vector,
    number,
    plain,
    real,
    shape,
)


def softmax(value: Value, convention: str) -> Array:
    """Softmax of a vector, or of each row (in a page of columns: each column) of a matrix."""
    if len(shape(value)) != 2:
        raise ShapeError(f"softmax of shape {shape(value)}")
    array = np.asarray(value)
    axis = -1 if convention == "rows" else -2
    powers = np.exp(array - array.real.max(axis, keepdims=True))
    return np.asarray(powers / powers.sum(axis, keepdims=True))


def diag(value: Value) -> Array:
    """The diagonal matrix of a vector."""
    if not is_vector(value):
        raise ShapeError(f"diag of shape {shape(value)}; it takes a vector")
    entries = plain(value)
    return np.asarray(entries[..., None] * np.eye(entries.shape[-1]))


def trace(value: Value) -> Value:
    """Sum of the diagonal of a square matrix."""
    if len(shape(value)) != 2 or shape(value)[0] != shape(value)[1]:
        raise ShapeError(f"trace of shape {shape(value)}")
    total: Value = np.trace(np.asarray(value), axis1=-2, axis2=-1)
    return total


def largest(*values: Value) -> Value:
    """The largest of several scalars by real part; a tie inside a derivative is refused."""
    return _extreme(values, 1)


def smallest(*values: Value) -> Value:
    """The smallest of several scalars by real part; a tie inside a derivative is refused."""
    return _extreme(values, -1)


def _extreme(values: tuple[Value, ...], sign: int) -> Value:
    ordered = sorted(values, key=lambda v: sign * real(v))
    best = ordered[-1]
    tie = len(ordered) > 1 and real(ordered[-2]) == real(best)
    if tie and any(is_perturbed(v) for v in values):
        raise ShapeError("a maximum at a tie has no derivative", "differentiate where the arguments differ")
    return number(best)


def logistic(x: Any) -> Any:
    """1 / (1 + exp(-x))."""
    return 1 / (1 + np.exp(-x))


def logarithm(x: Any) -> Any:
    """Natural logarithm of positive numbers."""
    if np.any(np.real(x) <= 0):
        raise ShapeError("logarithm of a number that is not positive", "declare the argument `positive`")
    return np.log(x)


def root(x: Any) -> Any:
    """Square root; of a complex perturbation only away from zero."""
    if np.any(np.real(x) < 0) or (np.iscomplexobj(x) and np.any(np.real(x) == 0)):
        raise ShapeError(
            "square root of a negative number, or its derivative at zero", "declare the argument `positive`"
        )
    return np.sqrt(x)


def sign(x: Any) -> Any:
    """Sign of the real part; constant under perturbation."""
    return np.sign(np.real(x[0] if np.iscomplexobj(x) else x))


def stop_gradient(value: Value) -> Value:
    """The value itself, without its perturbations: what stands in it is not differentiated."""
    return np.real(value[0]) if isinstance(value, np.ndarray) and is_perturbed(value) else value


def spectral_radius(value: Value) -> float:
    """The largest modulus of an eigenvalue; not differentiated."""
    if len(shape(value)) != 2 or shape(value)[0] != shape(value)[1] or is_perturbed(value):
        raise ShapeError(f"the spectral radius of shape {shape(value)}, or inside a derivative")
    return float(np.abs(np.linalg.eigvals(np.asarray(value))).max())


CALLS: dict[str, Callable[..., Value]] = {
    **{name: elementwise(getattr(np, name)) for name in ("tanh", "cosh", "sinh", "exp", "sin", "cos")},
    "log": elementwise(logarithm),
    "logistic": elementwise(logistic),
    "sqrt": elementwise(root),
    "sign": elementwise(sign),
    "diag": diag,
    "tr": trace,
    "sg": stop_gradient,
    "rho": spectral_radius,
    "max": largest,
    "min": smallest,
}


def norm(which: str, value: Value) -> Value:
    """Absolute value, 2-norm of a vector, or the named norm of a matrix."""
    if which == "|":
        if real(value) == 0 and is_perturbed(value):
            raise ShapeError("the derivative of |x| at zero", "there is none; restrict the range")
        return number(value) * float(np.sign(real(value)))
    array = np.asarray(value)
    if which == "F" or (is_vector(value) and which in ("", "2")):
        total: Value = root(np.sum(array * array, axis=(-2, -1)))
        return total
    if which == "" or len(shape(value)) != 2:
        raise ShapeError(f"the norm of shape {shape(value)} must say which: \\|W\\|_2 or \\|W\\|_F")
    if np.iscomplexobj(array):
        raise ShapeError(
            "a matrix norm inside a derivative", r"only \|W\|_F and the 2-norm of a vector are differentiated"
        )
    array = plain(value) if is_vector(value) else array
    orders: dict[str, Any] = {"2": 2, "1": 1, "\\infty": np.inf}
    if which not in orders:
        raise ShapeError(f"there is no norm called {which!r}", r"write 1, 2, F or \infty")
    return float(np.linalg.norm(array, orders[which]))
