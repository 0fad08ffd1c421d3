"""The network with biases, and its weights in the layout of PyTorch, where they are transposed."""

import numpy as np

from rnnwb.bptt import deltas
from rnnwb.losses import softmax_cross_entropy, softmax_cross_entropy_gradient
from rnnwb.shapes import require_shapes


def from_torch(
    weight_ih: np.ndarray, weight_hh: np.ndarray, weight: np.ndarray, bias_ih: np.ndarray, bias_hh: np.ndarray
) -> tuple[np.ndarray, ...]:
    r"""Weights of this site from those of `torch.nn.RNN` and of the `torch.nn.Linear` behind it.

    Args:
        weight_ih: $W_{\mathrm{ih}}$, shape (H, D), `weight_ih_l0`.
        weight_hh: $W_{\mathrm{hh}}$, shape (H, H), `weight_hh_l0`.
        weight: $W_{\mathrm{o}}$, shape (K, H), the `weight` of the linear layer.
        bias_ih: $b_{\mathrm{ih}}$, shape (H,), `bias_ih_l0`.
        bias_hh: $b_{\mathrm{hh}}$, shape (H,), `bias_hh_l0`.

    Returns:
        U: $U$, shape (D, H).
        W: $W$, shape (H, H).
        V: $V$, shape (H, K).
        b: $b$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones(1)
    >>> U, W, V, b = from_torch(np.array([[1.0, 2.0]]), one[None], one[None], one, 2 * one)
    >>> U.tolist(), b.tolist()
    ([[1.0], [2.0]], [3.0])
    """
    require_shapes(("H D", weight_ih), ("H H", weight_hh), ("K H", weight), ("H", bias_ih), ("H", bias_hh))
    return weight_ih.T.copy(), weight_hh.T.copy(), weight.T.copy(), bias_ih + bias_hh


def to_torch(U: np.ndarray, W: np.ndarray, V: np.ndarray) -> tuple[np.ndarray, ...]:
    r"""Weights in the layout of PyTorch; the same for gradients.

    Args:
        U: $U$, shape (D, H).
        W: $W$, shape (H, H).
        V: $V$, shape (H, K).

    Returns:
        weight_ih: $W_{\mathrm{ih}}$, shape (H, D).
        weight_hh: $W_{\mathrm{hh}}$, shape (H, H).
        weight: $W_{\mathrm{o}}$, shape (K, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> to_torch(np.array([[1.0], [2.0]]), np.ones((1, 1)), np.ones((1, 1)))[0].tolist()
    [[1.0, 2.0]]
    """
    require_shapes(("D H", U), ("H H", W), ("H K", V))
    return U.T.copy(), W.T.copy(), V.T.copy()


def biased_preactivation(X: np.ndarray, S_prev: np.ndarray, U: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    r"""What the hidden units receive at step t, with a bias.

    Args:
        X: $X_t$, shape (D,).
        S_prev: $S_{t-1}$, shape (H,).
        U: $U$, shape (D, H).
        W: $W$, shape (H, H).
        b: $b$, shape (H,).

    Returns:
        $A_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones((1, 1))
    >>> biased_preactivation(one[0], 2 * one[0], 3 * one, 5 * one, 7 * one[0]).tolist()
    [20.0]
    """
    require_shapes(("D", X), ("H", S_prev), ("D H", U), ("H H", W), ("H", b))
    return X @ U + S_prev @ W + b


def biased_logits(S: np.ndarray, V: np.ndarray, b_o: np.ndarray) -> np.ndarray:
    r"""Output at step t, with a bias.

    Args:
        S: $S_t$, shape (H,), entries in (-1, 1).
        V: $V$, shape (H, K).
        b_o: $b_{\mathrm{o}}$, shape (K,).

    Returns:
        $Y_t$, shape (K,).

    Raises:
        ValueError: if the shapes disagree.

    >>> biased_logits(np.array([0.5]), np.array([[2.0, 4.0]]), np.array([1.0, 0.0])).tolist()
    [2.0, 2.0]
    """
    require_shapes(("H", S), ("H K", V), ("K", b_o))
    return S @ V + b_o


def bias_gradient(delta: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the hidden bias.

    Args:
        delta: $\delta$, shape (T + 1, H).

    Returns:
        $\frac{\partial E}{\partial b}$, shape (H,).

    >>> bias_gradient(np.array([[1.0, 2.0], [3.0, 4.0]])).tolist()
    [4.0, 6.0]
    """
    return delta.sum(axis=0)


def output_bias_gradient(dY: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the output bias.

    Args:
        dY: $\frac{\partial E}{\partial Y}$, shape (T + 1, K).

    Returns:
        $\frac{\partial E}{\partial b_{\mathrm{o}}}$, shape (K,).

    >>> output_bias_gradient(np.array([[1.0, 2.0], [3.0, 4.0]])).tolist()
    [4.0, 6.0]
    """
    return dY.sum(axis=0)


def biased_bptt(
    X: np.ndarray, C: np.ndarray, U: np.ndarray, W: np.ndarray, V: np.ndarray,
    b: np.ndarray, b_o: np.ndarray, S_init: np.ndarray,
) -> tuple[np.ndarray, ...]:  # fmt: skip
    r"""Loss of one sequence and its gradients, for the network with biases.

    Args:
        X: $X$, shape (T + 1, D).
        C: $C$, shape (T + 1, K), rows sum to 1.
        U: $U$, shape (D, H).
        W: $W$, shape (H, H).
        V: $V$, shape (H, K).
        b: $b$, shape (H,).
        b_o: $b_{\mathrm{o}}$, shape (K,).
        S_init: $S_{-1}$, shape (H,).

    Returns:
        E: $E$, shape ().
        dU: $\frac{\partial E}{\partial U}$, shape (D, H).
        dW: $\frac{\partial E}{\partial W}$, shape (H, H).
        dV: $\frac{\partial E}{\partial V}$, shape (H, K).
        db: $\frac{\partial E}{\partial b}$, shape (H,).
        db_o: $\frac{\partial E}{\partial b_{\mathrm{o}}}$, shape (K,).

    Raises:
        ValueError: if the shapes disagree.

    >>> X, C, zero = np.ones((2, 1)), np.array([[1.0, 0.0]] * 2), np.zeros((1, 1))
    >>> V = np.array([[2.0, 4.0]])
    >>> result = biased_bptt(X, C, zero, zero, V, np.zeros(1), np.zeros(2), np.zeros(1))
    >>> E, dU, dW, dV, db, db_o = result
    >>> db.tolist()
    [2.0]
    """
    require_shapes(("time D", X), ("time K", C), ("D H", U), ("H H", W), ("H K", V))
    require_shapes(("H H", W), ("H", b), ("H", S_init), ("time K", C), ("K", b_o))
    S_prev, S = [S_init], []
    for X_t in X:
        S.append(np.tanh(X_t @ U + S_prev[-1] @ W + b))
        S_prev.append(S[-1])
    Y = np.array(S) @ V + b_o
    dY = softmax_cross_entropy_gradient(Y, C)
    delta = deltas(dY, np.array(S), V, W)
    E = np.sum(softmax_cross_entropy(Y, C))
    dW = np.array(S_prev[:-1]).T @ delta
    return E, X.T @ delta, dW, np.array(S).T @ dY, delta.sum(axis=0), dY.sum(axis=0)
