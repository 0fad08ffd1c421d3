"""All steps at once: matrices with one row for each step, and the products that need no loop.

Row t + 1 of a stacked matrix belongs to step t. Such a matrix is the array that other modules call a
whole sequence: time is its first axis.
"""

import numpy as np

from rnnwb.losses import softmax
from rnnwb.shapes import require_shapes


def stacked_inputs(X: np.ndarray) -> np.ndarray:
    r"""The inputs of all steps as the rows of one matrix.

    Args:
        X: $X$, shape (T + 1, D), or a list of its rows.

    Returns:
        $\mathcal{X}$, shape (T + 1, D).

    >>> stacked_inputs([np.array([1.0, 2.0]), np.array([3.0, 4.0])]).tolist()
    [[1.0, 2.0], [3.0, 4.0]]
    """
    return np.stack(tuple(X))


def stacked_targets(C: np.ndarray) -> np.ndarray:
    r"""The targets of all steps as the rows of one matrix.

    Args:
        C: $C$, shape (T + 1, K), or a list of its rows.

    Returns:
        $\mathcal{C}$, shape (T + 1, K).

    >>> stacked_targets([np.array([1.0, 0.0])]).tolist()
    [[1.0, 0.0]]
    """
    return np.stack(tuple(C))


def input_products(X: np.ndarray, U: np.ndarray) -> np.ndarray:
    r"""What the inputs of all steps contribute to the pre-activations.

    Args:
        X: $\mathcal{X}$, shape (T + 1, D).
        U: $U$, shape (D, H).

    Returns:
        $\mathcal{F}$, shape (T + 1, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> input_products(np.array([[1.0], [2.0]]), np.array([[3.0, 0.5]])).tolist()
    [[3.0, 0.5], [6.0, 1.0]]
    """
    require_shapes(("time D", X), ("D H", U))
    return X @ U


def stacked_states(S: np.ndarray) -> np.ndarray:
    r"""The hidden states of all steps as the rows of one matrix.

    Args:
        S: $S$, shape (T + 1, H), or a list of its rows.

    Returns:
        $\mathcal{S}$, shape (T + 1, H).

    >>> stacked_states([np.array([0.5]), np.array([0.25])]).tolist()
    [[0.5], [0.25]]
    """
    return np.stack(tuple(S))


def previous_states(S_init: np.ndarray, S: np.ndarray) -> np.ndarray:
    r"""The states that the steps start from: the initial one, and all but the last.

    Args:
        S_init: $S_{-1}$, shape (H,); with a batch axis it is kept.
        S: $\mathcal{S}$, shape (T + 1, H).

    Returns:
        $\mathcal{S}_{\mathrm{prev}}$, shape (T + 1, H).

    >>> previous_states(np.array([1.0]), np.array([[0.5], [0.25]])).tolist()
    [[1.0], [0.5]]
    """
    return np.concatenate([S_init[None], S[:-1]])


def all_states(F: np.ndarray, S_prev: np.ndarray, W: np.ndarray) -> np.ndarray:
    r"""Hidden states of all steps, if those before them were known.

    Args:
        F: $\mathcal{F}$, shape (T + 1, H).
        S_prev: $\mathcal{S}_{\mathrm{prev}}$, shape (T + 1, H).
        W: $W$, shape (H, H).

    Returns:
        $\mathcal{S}$, shape (T + 1, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> all_states(np.array([[0.5]]), np.array([[0.5]]), np.array([[1.0]])).round(4).tolist()
    [[0.7616]]
    """
    require_shapes(("time H", F), ("time H", S_prev), ("H H", W))
    return np.tanh(F + S_prev @ W)


def all_logits(S: np.ndarray, V: np.ndarray) -> np.ndarray:
    r"""Outputs of all steps.

    Args:
        S: $\mathcal{S}$, shape (T + 1, H), entries in (-1, 1).
        V: $V$, shape (H, K).

    Returns:
        $\mathcal{Y}$, shape (T + 1, K).

    Raises:
        ValueError: if the shapes disagree.

    >>> all_logits(np.array([[0.5], [0.25]]), np.array([[2.0, 4.0]])).tolist()
    [[1.0, 2.0], [0.5, 1.0]]
    """
    require_shapes(("time H", S), ("H K", V))
    return S @ V


def all_logits_gradients(Y: np.ndarray, C: np.ndarray) -> np.ndarray:
    r"""Gradients of the loss with respect to the outputs of all steps.

    Args:
        Y: $\mathcal{Y}$, shape (T + 1, K).
        C: $\mathcal{C}$, shape (T + 1, K), rows sum to 1.

    Returns:
        $\mathcal{G}$, shape (T + 1, K).

    Raises:
        ValueError: if the shapes disagree.

    >>> all_logits_gradients(np.zeros((1, 2)), np.array([[1.0, 0.0]])).tolist()
    [[-0.5, 0.5]]
    """
    require_shapes(("time K", Y), ("time K", C))
    return softmax(Y) - C


def local_gradients(G: np.ndarray, V: np.ndarray) -> np.ndarray:
    r"""Gradients of each step's own loss with respect to its hidden state.

    Args:
        G: $\mathcal{G}$, shape (T + 1, K).
        V: $V$, shape (H, K).

    Returns:
        $\mathcal{L}$, shape (T + 1, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> local_gradients(np.array([[1.0, -1.0]]), np.array([[2.0, 0.5], [1.0, 4.0]])).tolist()
    [[1.5, -3.0]]
    """
    require_shapes(("time K", G), ("H K", V))
    return G @ V.T


def slopes(S: np.ndarray) -> np.ndarray:
    r"""Derivatives of the tanh at all pre-activations.

    Args:
        S: $\mathcal{S}$, shape (T + 1, H), entries in (-1, 1).

    Returns:
        $\mathcal{M}$, shape (T + 1, H).

    >>> slopes(np.array([[0.0, 0.5]])).tolist()
    [[1.0, 0.75]]
    """
    return 1 - S**2


def stacked_deltas(delta: np.ndarray) -> np.ndarray:
    r"""The gradients with respect to the pre-activations of all steps as the rows of one matrix.

    Args:
        delta: $\delta$, shape (T + 1, H), or a list of its rows.

    Returns:
        $\mathcal{D}$, shape (T + 1, H).

    >>> stacked_deltas([np.array([3.0]), np.array([8.0])]).tolist()
    [[3.0], [8.0]]
    """
    return np.stack(tuple(delta))
