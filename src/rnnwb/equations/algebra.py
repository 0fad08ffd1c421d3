"""Arithmetic that never broadcasts: every shape that does not fit is an error.

Scalars are numbers, vectors are arrays with one row or one column, matrices have two axes. A complex
value carries one more axis in front: one slice for each entry that is being perturbed. A strong zero
fits everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


class StrongZero:
    """The zero of an Iverson bracket: what it multiplies is not evaluated."""

    def __repr__(self) -> str:
        return "0"


ZERO: Final = StrongZero()
Value = float | Array | StrongZero


ONE_SHAPE = "give both one shape: check transposes, and that a square is (S_t)^2, since S_t^2 is the second component"
ORDER = "check the order of the factors and the transposes; the page's `convention` says what a vector is"
POWER = r"only square matrices have powers, from 0 upwards; a transpose is W^\top"


class ShapeError(Exception):
    """Two values that do not fit, or a value of the wrong shape; says both shapes, and what to change."""

    def __init__(self, reason: str, mend: str = "") -> None:
        super().__init__(reason)
        self.mend = mend


def shape(value: Value) -> tuple[int, ...]:
    """Shape of a value, perturbations left aside; scalars and strong zeros have none."""
    if not isinstance(value, np.ndarray):
        return ()
    return value.shape[1:] if value.dtype.kind == "c" else value.shape


def is_perturbed(value: Value) -> bool:
    """Whether a value carries perturbations."""
    return isinstance(value, np.ndarray) and value.dtype.kind == "c"


def pick(array: Array, entry: tuple[int, ...]) -> float | Array:
    """An entry of an array, with all its perturbations."""
    if array.dtype.kind != "c":
        return float(array[entry])
    at: tuple[Any, ...] = (slice(None), *entry)
    return np.asarray(array[at])


def is_vector(value: Value) -> bool:
    """Whether a value is one row or one column."""
    return len(shape(value)) == 2 and 1 in shape(value)


def number(value: Value) -> float | Array:
    """The value of a scalar, or of its perturbations.

    Raises:
        ShapeError: if it is no scalar.
    """
    if isinstance(value, StrongZero):
        return 0.0
    if shape(value) != ():
        raise ShapeError(f"a scalar is needed here, not shape {shape(value)}", "write an entry, or a norm")
    return value


def real(value: Value) -> float:
    """The real part of a scalar, the same for all its perturbations."""
    if isinstance(value, int | float):
        return value
    return float(np.ravel(np.real(np.asarray(number(value))))[0])


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
    if isinstance(left, int | float) and isinstance(right, int | float):
        return left + sign * right
    if shape(left) != shape(right) and not (literal and () in (shape(left), shape(right))):
        raise ShapeError(f"shapes {shape(left)} and {shape(right)} cannot be added", ONE_SHAPE)
    big = max(shape(left), shape(right), key=len)
    if shape(left) != shape(right) and len(big) == 2 and big[0] == big[1]:
        raise ShapeError(f"a number plus a square matrix {big} is read in two ways; declare an identity or ones")
    return left + right if sign > 0 else left - right


def multiply(left: Value, right: Value) -> Value:
    """Matrix product, or the product by a scalar."""
    if isinstance(left, StrongZero) or isinstance(right, StrongZero):
        return ZERO
    if isinstance(left, int | float) or isinstance(right, int | float):
        return left * right
    if shape(left) == () or shape(right) == ():
        return _spread(left, right) * _spread(right, left)
    if len(shape(left)) != 2 or len(shape(right)) != 2 or shape(left)[1] != shape(right)[0]:
        raise ShapeError(f"shapes {shape(left)} and {shape(right)} cannot be multiplied", ORDER)
    product: Array = np.matmul(left, right)
    if shape(product) != (1, 1):
        return product
    return product[..., 0, 0] if np.iscomplexobj(product) else float(product[0, 0])


def _spread(scalar: float | Array, other: float | Array) -> float | Array:
    """A perturbed scalar with as many axes as the value it meets."""
    missing = len(shape(other)) - len(shape(scalar))
    if isinstance(scalar, np.ndarray) and missing > 0:
        return scalar.reshape(scalar.shape + (1,) * missing)
    return scalar


def hadamard(left: Value, right: Value) -> Value:
    """Elementwise product of two values of one shape."""
    if isinstance(left, StrongZero) or isinstance(right, StrongZero):
        return ZERO
    if shape(left) != shape(right):
        raise ShapeError(f"shapes {shape(left)} and {shape(right)} differ under ⊙", ONE_SHAPE)
    return left * right


def divide(left: Value, right: Value) -> Value:
    """Quotient by a scalar."""
    if isinstance(left, StrongZero):
        return ZERO
    divisor = number(right)
    if real(right) == 0:
        raise ShapeError("division by zero", "restrict the range, or declare the divisor `positive`")
    return left / _spread(divisor, left)


def power(base: Value, exponent: Value) -> Value:
    """A scalar's power, a square matrix's whole power, or a vector's elementwise one."""
    if is_perturbed(exponent):
        raise ShapeError("an exponent that is differentiated", r"write \exp(x \log(a))")
    n = real(exponent)
    whole = n == int(n)
    if len(shape(base)) == 2 and not is_vector(base):
        if not whole or n < 0 or shape(base)[0] != shape(base)[1]:
            raise ShapeError(f"power {n:g} of a matrix of shape {shape(base)}", POWER)
        return np.linalg.matrix_power(np.asarray(base), int(n))
    values: Any = 0.0 if isinstance(base, StrongZero) else base
    if whole:
        return _repeated(values, int(n))
    if np.any(np.real(values) <= 0):
        raise ShapeError("a fractional power of a number that is not positive", "declare the base `positive`")
    result: Value = values**n
    return result


def _repeated(base: float | Array, n: int) -> float | Array:
    """A whole power by squaring, exact under perturbation."""
    if n < 0:
        if np.any(np.real(base) == 0):
            raise ShapeError("a negative power of zero")
        return 1 / _repeated(base, -n)
    if n < 2:
        return base if n else base**0
    half = _repeated(base, n // 2)
    return half * half * base if n % 2 else half * half


def transpose(value: Value) -> Value:
    """Transpose of a vector or matrix."""
    if isinstance(value, StrongZero):
        return ZERO
    if len(shape(value)) != 2:
        raise ShapeError(f"shape {shape(value)} has no transpose", "transpose vectors and matrices alone")
    return np.swapaxes(value, -1, -2)


def lift(array: Array, convention: str) -> Value:
    """A stored array as a value: a vector becomes a row or a column."""
    axes = len(shape(array))
    if axes == 0:
        return array if np.iscomplexobj(array) else float(array)
    if axes == 1:
        return array[..., None, :] if convention == "rows" else array[..., :, None]
    return array


def natural(value: Value, wanted: tuple[int, ...], convention: str) -> Array:
    """A value as an array of the declared shape.

    Raises:
        ShapeError: if it has another one.
    """
    if isinstance(value, StrongZero):
        return np.zeros(wanted)
    expected = shape(lift(np.empty(wanted), convention))
    if shape(value) != expected:
        raise ShapeError(f"the value has shape {shape(value)}, the declared shape is {expected}")
    array = np.asarray(value)
    return array.reshape((len(array), *wanted) if np.iscomplexobj(array) else wanted)


def stacked(entries: Sequence[Value], wanted: tuple[int, ...]) -> Array:
    """Scalars as the entries of an array, its perturbations in front if any is perturbed."""
    numbers = np.broadcast_arrays(*map(number, entries))
    array = np.stack(numbers, axis=-1)
    return array.reshape((len(array), *wanted) if np.iscomplexobj(array) else wanted)


def plain(value: Value) -> Array:
    """A value as NumPy users write it: vectors have one axis."""
    array = np.asarray(number(value) if isinstance(value, StrongZero) else value)
    if is_vector(value):
        return array.reshape((len(array), -1) if np.iscomplexobj(array) else -1)
    return array


def elementwise(function: Callable[[Any], Any]) -> Callable[[Value], Value]:
    """A function of numbers applied to each entry."""
    return lambda value: function(0.0 if isinstance(value, StrongZero) else value)
