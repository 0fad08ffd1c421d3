"""Whether arguments fit together; a message names both sides that disagree, and the mend."""

from __future__ import annotations

from typing import Any

import numpy as np

FLOATS = (np.dtype(np.float32), np.dtype(np.float64))


def require_floats(arrays: dict[str, np.ndarray]) -> None:
    """Raise unless all are arrays of float32, or all of float64.

    Args:
        arrays: at least one, by the names that a message gives them; the others are held against the first.

    Raises:
        TypeError: naming the first array that differs, and what to do about it.

    >>> require_floats({"X": np.zeros(2), "U": np.zeros(2, np.float32)})
    Traceback (most recent call last):
    ...
    TypeError: X is float64 but U is float32; give both one type, for example U.astype(np.float64)
    """
    first = next(iter(arrays))
    dtype: Any = getattr(arrays[first], "dtype", None)
    for name, array in arrays.items():
        if not isinstance(array, np.ndarray):
            raise TypeError(f"{name} is a {type(array).__name__}, not an array; make it one with np.array(…)")
        if array.dtype != dtype or dtype not in FLOATS:
            raise TypeError(_other_type(name, array.dtype, first, dtype))


def _other_type(name: str, found: np.dtype, first: str, dtype: np.dtype) -> str:
    """What is said of an array of the wrong type."""
    if found not in FLOATS:
        return f"{name} is {found}, not float32 or float64; try {name}.astype(np.float64)"
    return f"{first} is {dtype} but {name} is {found}; give both one type, for example {name}.astype(np.{dtype})"


def require_axes(*expected: tuple[str, np.ndarray, str]) -> None:
    """Raise unless every axis that bears one name has one size, which is not 0.

    Args:
        *expected: for each array its name, the array and its axes, such as "time B D".

    Raises:
        ValueError: naming the two arrays that disagree, or the one with other axes or with an axis of size 0.

    >>> X, U = np.ones((5, 1, 2)), np.ones((3, 4))
    >>> require_axes(("X", X, "time B D"), ("U", U, "D H"))
    Traceback (most recent call last):
    ...
    ValueError: D is 2 in X, shape (5, 1, 2), but 3 in U, shape (3, 4)
    """
    sizes: dict[str, int] = {}
    for name, array, axes in expected:
        names, shape = axes.split(), array.shape
        if len(names) != len(shape):
            raise ValueError(f"{name} has shape {shape}, not ({', '.join(names)}){_mend(name, names, shape)}")
        for axis, size in zip(names, shape):
            if size == 0:
                raise ValueError(f"{axis} is 0 in {name}, shape {shape}; there must be at least one")
            if sizes.setdefault(axis, size) != size:
                where, there = next((other, a.shape) for other, a, known in expected if axis in known.split())
                raise ValueError(
                    f"{axis} is {sizes[axis]} in {where}, shape {there}, but {size} in {name}, shape {shape}"
                )


def _mend(name: str, axes: list[str], shape: tuple[int, ...]) -> str:
    """What to do where only the batch axis is missing."""
    missing = "B" in axes and len(shape) == len(axes) - 1
    index = ", ".join("None" if axis == "B" else ":" for axis in axes)
    return f"; for a single sequence write {name}[{index}]" if missing else ""


def require_layer(weights: Any, prefix: str = "") -> None:
    """Raise unless the weights of a recurrent layer fit each other.

    Args:
        weights: of one layer, such as `Tanh(U, W, b)`.
        prefix: what stands before their names in a message, such as "encoder.".

    Raises:
        ValueError: naming the shape and the one that fits.

    >>> from rnnwb.networks.cells.tanh import Tanh
    >>> require_layer(Tanh(np.ones((2, 3)), np.ones((3, 4)), np.ones(3)))
    Traceback (most recent call last):
    ...
    ValueError: W has shape (3, 4), but with D = 2 rows of U and H = 3 rows of W it must be (3, 3)
    """
    D, H, columns = len(weights.U), len(weights.W), weights.gates * len(weights.W)
    fitting = {"U": (D, columns), "W": (H, columns), "b": (columns,), "beta": (H,)}
    for name, array in weights._asdict().items():
        if array.shape != fitting.get(name, array.shape):
            sizes = f"D = {D} rows of U and H = {H} rows of W"
            raise ValueError(f"{prefix}{name} has shape {array.shape}, but with {sizes} it must be {fitting[name]}")


def require_lengths(lengths: Any, steps: int, B: int, least: int = 1) -> np.ndarray:
    """The lengths of a batch's sequences as an array, shape (B,).

    Args:
        lengths: an integer for each sequence.
        steps: how many steps the arrays hold, and so the greatest length.
        B: number of sequences.
        least: smallest length.

    Raises:
        TypeError: if they are not integers.
        ValueError: if there are not B of them, or naming the sequence whose length is out of range.

    >>> require_lengths([3, 7], steps=5, B=2)
    Traceback (most recent call last):
    ...
    ValueError: lengths[1] is 7, but the arrays hold 5 steps; lengths must lie in 1 … 5
    """
    found = np.asarray(lengths)
    if found.dtype.kind not in "iu":
        raise TypeError(f"lengths is {found.dtype}, not integers; try lengths.astype(int)")
    if found.shape != (B,):
        raise ValueError(f"lengths has shape {found.shape}, not ({B},): one number for each of the B sequences")
    outside = (found < least) | (found > steps)
    if outside.any():
        b = int(np.argmax(outside))
        raise ValueError(
            f"lengths[{b}] is {found[b]}, but the arrays hold {steps} steps; lengths must lie in {least} … {steps}"
        )
    return found


def require_targets(C: Any, axes: dict[str, int], K: int, dtype: np.dtype, there: np.ndarray | None = None) -> None:
    """Raise unless the targets are classes (integers) or points of the simplex (numbers of the parameters' type).

    Args:
        C: targets; classes have the axes, points of the simplex one axis K more.
        axes: names of the axes, and what each must measure.
        K: number of classes.
        dtype: type of the parameters.
        there: where a target is looked at, shape of the axes; everywhere unless given.

    Raises:
        TypeError: if they are neither.
        ValueError: naming the shapes, or a class that does not exist.

    >>> C, axes = np.array([[0], [3]]), {"time": 2, "B": 1}
    >>> require_targets(C, axes, 3, np.dtype(float))
    Traceback (most recent call last):
    ...
    ValueError: C holds the class 3, but V has 3 columns; classes must lie in 0 … 2, or be -1 for no target
    """
    if not isinstance(C, np.ndarray):
        raise TypeError(f"C is a {type(C).__name__}, not an array; make it one with np.array(…)")
    if C.dtype.kind in "iu":
        _require_shape(C, axes, "classes")
        _require_classes(C if there is None else C[there], K)
    elif C.dtype != dtype:
        raise TypeError(f"C is {C.dtype} but the parameters are {dtype}; give integer classes, or C.astype(np.{dtype})")
    else:
        _require_shape(C, {**axes, "K": K}, "points of the simplex")


def _require_shape(C: np.ndarray, axes: dict[str, int], kind: str) -> None:
    expected = tuple(axes.values())
    if C.shape != expected:
        raise ValueError(
            f"C has shape {C.shape}, but as {kind} ({C.dtype}) it must be ({', '.join(axes)}) = {expected}"
        )


def _require_classes(C: np.ndarray, K: int) -> None:
    if np.count_nonzero((C < -1) | (C >= K)):
        wrong = C.max() if C.max() >= K else C.min()
        raise ValueError(
            f"C holds the class {wrong}, but V has {K} columns; classes must lie in 0 … {K - 1}, or be -1 for no target"
        )
