"""Arithmetic that never broadcasts: every shape that does not fit is an error.

Scalars are Python or NumPy numbers, vectors are arrays with one row or one column,
matrices have two axes; a strong zero fits everywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


class StrongZero:
    """The zero of an Iverson bracket: what it multiplies is not evaluated."""

    def __repr__(self) -> str:
        return "0"


ZERO: Final = StrongZero()
Value = float | complex | Array | StrongZero


class ShapeError(Exception):
    """Two values that do not fit, or a value of the wrong shape; says both shapes."""


def shape(value: Value) -> tuple[int, ...]:
    """Shape of a value; scalars and strong zeros have none."""
    return () if isinstance(value, StrongZero) else np.shape(value)


def is_vector(value: Value) -> bool:
    """Whether a value is one row or one column."""
    return len(shape(value)) == 2 and 1 in shape(value)


def number(value: Value) -> float | complex:
    """The value of a scalar."""
    if isinstance(value, StrongZero):
        return 0.0
    if isinstance(value, np.ndarray):
        raise ShapeError(f"a scalar is needed here, not shape {value.shape}")
    return value


def add(left: Value, right: Value, sign: int, literal: bool = False) -> Value:
    """Sum (or difference) of two values of one shape.

    Args:
        left: first value.
        right: second value.
        sign: 1 or -1, that of the second.
        literal: whether one of them is a printed number, which may be added to every entry.
    """
    if isinstance(right, StrongZero):
        return left
    if isinstance(left, StrongZero):
        return right if sign > 0 else -right
    if shape(left) != shape(right) and not (literal and () in (shape(left), shape(right))):
        raise ShapeError(f"shapes {shape(left)} and {shape(right)} cannot be added")
    big = max(shape(left), shape(right), key=len)
    if shape(left) != shape(right) and len(big) == 2 and big[0] == big[1]:
        raise ShapeError(f"a number plus a square matrix {big} is read in two ways; declare an identity or ones")
    return left + right if sign > 0 else left - right


def multiply(left: Value, right: Value) -> Value:
    """Matrix product, or the product by a scalar."""
    if isinstance(left, StrongZero) or isinstance(right, StrongZero):
        return ZERO
    if shape(left) == () or shape(right) == ():
        return left * right
    if len(shape(left)) != 2 or len(shape(right)) != 2 or shape(left)[1] != shape(right)[0]:
        raise ShapeError(f"shapes {shape(left)} and {shape(right)} cannot be multiplied")
    return _scalar_if_single(np.matmul(left, right))


def _scalar_if_single(value: Array) -> Value:
    return value.item() if value.size == 1 else value


def hadamard(left: Value, right: Value) -> Value:
    """Elementwise product of two values of one shape."""
    if isinstance(left, StrongZero) or isinstance(right, StrongZero):
        return ZERO
    if shape(left) != shape(right):
        raise ShapeError(f"shapes {shape(left)} and {shape(right)} differ under ⊙")
    return left * right


def divide(left: Value, right: Value) -> Value:
    """Quotient by a scalar."""
    if isinstance(left, StrongZero):
        return ZERO
    divisor = number(right)
    if divisor == 0:
        raise ShapeError("division by zero")
    return left / divisor


def power(base: Value, exponent: Value) -> Value:
    """A scalar's power, a square matrix's whole power, or a vector's elementwise one."""
    n = float(np.real(number(exponent)))
    whole = n == int(n)
    if isinstance(base, np.ndarray) and not is_vector(base):
        if not whole or n < 0 or base.shape[0] != base.shape[1]:
            raise ShapeError(f"power {n:g} of a matrix of shape {base.shape}")
        return np.linalg.matrix_power(base, int(n))
    values: Any = 0.0 if isinstance(base, StrongZero) else base
    if whole and 0 <= n <= 16:
        return _repeated(values, int(n))
    if not whole and np.any(np.real(values) <= 0):
        raise ShapeError("a fractional power of a number that is not positive")
    result: Value = values**n
    return result


def _repeated(base: float | complex | Array, n: int) -> float | complex | Array:
    result: float | complex | Array = 1.0
    for _ in range(n):
        result = result * base
    return result


def transpose(value: Value) -> Value:
    """Transpose of a vector or matrix."""
    if isinstance(value, StrongZero):
        return ZERO
    if len(shape(value)) != 2:
        raise ShapeError(f"shape {shape(value)} has no transpose")
    return np.transpose(value)


def lift(array: Array, convention: str) -> Value:
    """A stored array as a value: a vector becomes a row or a column."""
    if array.ndim == 0:
        number: float | complex = array.item()
        return number
    if array.ndim == 1:
        return array[None, :] if convention == "rows" else array[:, None]
    return array


def natural(value: Value, wanted: tuple[int, ...], convention: str) -> Array:
    """A value as an array of the declared shape.

    Raises:
        ShapeError: if it has another one.
    """
    if isinstance(value, StrongZero):
        return np.zeros(wanted)
    array = np.asarray(value)
    expected = shape(lift(np.empty(wanted), convention))
    if array.shape != expected:
        raise ShapeError(f"the value has shape {array.shape}, the declared shape is {expected}")
    return array.reshape(wanted)


def plain(value: Value) -> Array:
    """A value as NumPy users write it: vectors have one axis."""
    array = np.asarray(number(value) if isinstance(value, StrongZero) else value)
    return array.reshape(-1) if is_vector(array) else array


def elementwise(function: Callable[[Any], Any]) -> Callable[[Value], Value]:
    """A function of numbers applied to each entry."""
    return lambda value: function(0.0 if isinstance(value, StrongZero) else value)
