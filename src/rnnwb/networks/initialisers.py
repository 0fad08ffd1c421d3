"""Random weights to start from.

References:
    LeCun, Bottou, Orr and Müller, "Efficient BackProp", in Neural Networks: Tricks of the Trade, Springer, 1998,
    pages 9-50 (scaled normal).
    Saxe, McClelland and Ganguli, "Exact solutions to the nonlinear dynamics of learning in deep linear neural
    networks", ICLR 2014 (orthogonal).
    Le, Jaitly and Hinton, "A simple way to initialize recurrent networks of rectified linear units", 2015 (identity).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

Initialiser = Callable[[np.random.Generator, int, int], np.ndarray]
"""Takes a generator, a number of rows and a number of columns; returns that matrix in float64."""


def layer_weights(
    random: np.random.Generator, D: int, H: int, gates: int, dtype: type, recurrent: Initialiser
) -> tuple[np.ndarray, np.ndarray]:
    """Input weights, shape (D, gates H), and recurrent weights, shape (H, gates H), of a layer.

    Args:
        random: generator of random numbers.
        D: size of the inputs.
        H: number of hidden units.
        gates: how many blocks of H columns stand side by side.
        dtype: np.float64 or np.float32.
        recurrent: makes each block of the recurrent weights.

    >>> random = np.random.default_rng(0)
    >>> U, W = layer_weights(random, 2, 3, 4, np.float32, identity)
    >>> U.shape, bool((W == np.tile(np.eye(3), 4)).all())
    ((2, 12), True)
    """
    U = scaled_normal(random, D, gates * H)
    W = np.hstack([recurrent(random, H, H) for _ in range(gates)])
    return U.astype(dtype), W.astype(dtype)


def output_weights(random: np.random.Generator, H: int, K: int, dtype: type) -> tuple[np.ndarray, np.ndarray]:
    """Output weights, shape (H, K), and a bias of zeros, shape (K,).

    Args:
        random: generator of random numbers.
        H: number of hidden units.
        K: number of classes.
        dtype: np.float64 or np.float32.

    >>> V, c = output_weights(np.random.default_rng(0), 3, 2, np.float32)
    >>> V.shape, c.tolist()
    ((3, 2), [0.0, 0.0])
    """
    return scaled_normal(random, H, K).astype(dtype), np.zeros(K, dtype)


def scaled_normal(random: np.random.Generator, rows: int, columns: int) -> np.ndarray:
    r"""Normal numbers with variance $1 / \mathrm{rows}$: a product with them keeps the size of what enters.

    Args:
        random: generator of random numbers.
        rows: size of what enters.
        columns: size of what comes out.

    Returns:
        Numbers of float64, shape (rows, columns).

    >>> W = scaled_normal(np.random.default_rng(0), 400, 50)
    >>> bool(abs(W.std() * 20 - 1) < 0.02)
    True
    """
    return random.normal(size=(rows, columns)) / np.sqrt(rows)


def orthogonal(random: np.random.Generator, rows: int, columns: int) -> np.ndarray:
    """A matrix whose rows or columns, whichever are fewer, are orthonormal; uniform among them.

    Args:
        random: generator of random numbers.
        rows: number of rows.
        columns: number of columns.

    Returns:
        Numbers of float64, shape (rows, columns).

    >>> W = orthogonal(np.random.default_rng(0), 3, 3)
    >>> bool(np.abs(W @ W.T - np.eye(3)).max() < 1e-14)
    True
    """
    Q, R = np.linalg.qr(random.normal(size=(max(rows, columns), min(rows, columns))))
    Q = Q * np.where(np.diag(R) < 0, -1.0, 1.0)
    return Q if rows >= columns else Q.T


def identity(random: np.random.Generator, rows: int, columns: int) -> np.ndarray:
    """The unit matrix, with which linear and rectified units keep their state until an input changes it.

    A tanh makes the state smaller at every step even so, and in a cell with gates they decide how much of it stays.
    Nothing in the matrix is random.

    Args:
        random: not used.
        rows: number of rows.
        columns: number of columns.

    Returns:
        Numbers of float64, shape (rows, columns).

    >>> identity(np.random.default_rng(0), 2, 2).tolist()
    [[1.0, 0.0], [0.0, 1.0]]
    """
    return np.eye(rows, columns)
