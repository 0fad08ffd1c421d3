"""Gradients of your own scalar function, by two routes that need no derivation.

References:
    Squire and Trapp, "Using complex variables to estimate derivatives of real
    functions", SIAM Review 40(1), 1998, pages 110-112.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable


def complex_step_gradient(f: Callable[[np.ndarray], complex], x: np.ndarray, step: float = 1e-30) -> np.ndarray:
    """Gradient of f at x, exact to rounding error, for f made of analytic operations.

    Args:
        f: takes a complex array of the shape of x and returns one complex number.
        x: the point, an array of any shape.
        step: size of the imaginary step; nothing is subtracted, so it may be tiny.

    Returns:
        The gradient, in the shape of x.

    Raises:
        TypeError: if f returns a real number, because it drops imaginary parts.

    >>> complex_step_gradient(lambda x: np.sum(x**3), np.array([1.0, 2.0])).tolist()
    [3.0, 12.0]
    """
    gradient = np.zeros(np.shape(x))
    for index in np.ndindex(gradient.shape):
        moved = np.array(x, dtype=complex)
        moved[index] += 1j * step
        value = f(moved)
        if not np.iscomplexobj(value):
            raise TypeError("f returned a real number: it drops the imaginary part of its argument")
        gradient[index] = value.imag / step
    return gradient


def central_difference(f: Callable[[np.ndarray], float], x: np.ndarray, step: float = 1e-5) -> np.ndarray:
    """Gradient of f at x by symmetric differences, good to about nine digits.

    Args:
        f: takes an array of the shape of x and returns one real number.
        x: the point, an array of any shape.
        step: distance moved to either side.

    Returns:
        The gradient, in the shape of x.

    >>> central_difference(lambda x: np.sum(x**3), np.array([1.0, 2.0])).round(6).tolist()
    [3.0, 12.0]
    """
    gradient = np.zeros(np.shape(x))
    for index in np.ndindex(gradient.shape):
        ahead, behind = np.array(x, dtype=float), np.array(x, dtype=float)
        ahead[index] += step
        behind[index] -= step
        gradient[index] = (f(ahead) - f(behind)) / (2 * step)
    return gradient
