"""Gradients of the network without time, from the logits back to the input.

References:
    Rumelhart, Hinton and Williams, "Learning representations by back-propagating
    errors", Nature 323, 1986, pages 533-536.
"""

import numpy as np

from rnnwb.losses import softmax_cross_entropy, softmax_cross_entropy_gradient
from rnnwb.shapes import require_shapes


def logits_weight_jacobian(S: np.ndarray, V: np.ndarray) -> np.ndarray:
    r"""Derivative of the logits with respect to the output weights.

    Args:
        S: $S$, shape (H,).
        V: $V$, shape (H, K), of which only the shape is used.

    Returns:
        $\frac{\partial Y}{\partial V}$, shape (K, H, K).

    Raises:
        ValueError: if the shapes disagree.

    >>> logits_weight_jacobian(np.array([0.5]), np.ones((1, 2))).tolist()
    [[[0.5, 0.0]], [[0.0, 0.5]]]
    """
    require_shapes(("H", S), ("H K", V))
    return np.eye(V.shape[1])[:, None, :] * S[None, :, None]


def output_weight_gradient(S: np.ndarray, dY: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss with respect to the output weights.

    Args:
        S: $S$, shape (H,).
        dY: $\frac{\partial E}{\partial Y}$, shape (K,).

    Returns:
        $\frac{\partial E}{\partial V}$, shape (H, K).

    Raises:
        ValueError: if an argument is not a vector.

    >>> output_weight_gradient(np.array([0.5, 0.25]), np.array([2.0, -1.0, 4.0])).tolist()
    [[1.0, -0.5, 2.0], [0.5, -0.25, 1.0]]
    """
    require_shapes(("H", S), ("K", dY))
    return np.outer(S, dY)


def hidden_gradient(dY: np.ndarray, V: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss with respect to the hidden state.

    Args:
        dY: $\frac{\partial E}{\partial Y}$, shape (K,).
        V: $V$, shape (H, K).

    Returns:
        $\frac{\partial E}{\partial S}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> hidden_gradient(np.array([1.0, -1.0]), np.array([[2.0, 0.5], [1.0, 4.0]])).tolist()
    [1.5, -3.0]
    """
    require_shapes(("K", dY), ("H K", V))
    return dY @ V.T


def activation_jacobian(S: np.ndarray) -> np.ndarray:
    r"""Derivative of the hidden state with respect to its pre-activation.

    Args:
        S: $S$, shape (H,), entries in (-1, 1).

    Returns:
        $\frac{\partial S}{\partial A}$, shape (H, H).

    >>> activation_jacobian(np.array([0.0, 0.5])).tolist()
    [[1.0, 0.0], [0.0, 0.75]]
    """
    return np.diag(1 - S**2)


def preactivation_gradient(dS: np.ndarray, S: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss with respect to the pre-activation.

    Args:
        dS: $\frac{\partial E}{\partial S}$, shape (H,).
        S: $S$, shape (H,), entries in (-1, 1).

    Returns:
        $\frac{\partial E}{\partial A}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> preactivation_gradient(np.array([3.0, 4.0]), np.array([0.0, 0.5])).tolist()
    [3.0, 3.0]
    """
    require_shapes(("H", dS), ("H", S))
    return dS * (1 - S**2)


def input_weight_gradient(X: np.ndarray, dA: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss with respect to the input weights.

    Args:
        X: $X$, shape (D,).
        dA: $\frac{\partial E}{\partial A}$, shape (H,).

    Returns:
        $\frac{\partial E}{\partial U}$, shape (D, H).

    Raises:
        ValueError: if an argument is not a vector.

    >>> input_weight_gradient(np.array([1.0, 2.0]), np.array([3.0, -1.0, 0.5])).tolist()
    [[3.0, -1.0, 0.5], [6.0, -2.0, 1.0]]
    """
    require_shapes(("D", X), ("H", dA))
    return np.outer(X, dA)


def input_gradient(dA: np.ndarray, U: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss with respect to the input.

    Args:
        dA: $\frac{\partial E}{\partial A}$, shape (H,).
        U: $U$, shape (D, H).

    Returns:
        $\frac{\partial E}{\partial X}$, shape (D,).

    Raises:
        ValueError: if the shapes disagree.

    >>> input_gradient(np.array([1.0, -1.0]), np.array([[2.0, 0.5], [1.0, 4.0]])).tolist()
    [1.5, -3.0]
    """
    require_shapes(("H", dA), ("D H", U))
    return dA @ U.T


def backpropagation(
    X: np.ndarray, C: np.ndarray, U: np.ndarray, V: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    r"""Cross-entropy of one example and its gradients: one pass forward, one back.

    Args:
        X: $X$, shape (D,).
        C: $C$, shape (K,), entries sum to 1.
        U: $U$, shape (D, H).
        V: $V$, shape (H, K).

    Returns:
        E: $E$, shape ().
        dU: $\frac{\partial E}{\partial U}$, shape (D, H).
        dV: $\frac{\partial E}{\partial V}$, shape (H, K).
        dX: $\frac{\partial E}{\partial X}$, shape (D,).

    Raises:
        ValueError: if the shapes disagree.

    >>> E, dU, dV, dX = backpropagation(
    ...     np.array([1.0]), np.array([1.0, 0.0]), np.zeros((1, 1)), np.array([[2.0, 4.0]])
    ... )
    >>> round(float(E), 4), dU.tolist(), dV.tolist(), dX.tolist()
    (0.6931, [[1.0]], [[-0.0, 0.0]], [0.0])
    """
    require_shapes(("D", X), ("K", C), ("D H", U), ("H K", V))
    S = np.tanh(X @ U)
    Y = S @ V
    dY = softmax_cross_entropy_gradient(Y, C)
    dA = (dY @ V.T) * (1 - S**2)
    return softmax_cross_entropy(Y, C), np.outer(X, dA), np.outer(S, dY), dA @ U.T


def squared_error_gradients(
    X: np.ndarray, S: np.ndarray, Y: np.ndarray, C: np.ndarray, V: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    r"""Gradients of the squared error with respect to the weights.

    Args:
        X: $X$, shape (D,).
        S: $S$, shape (H,), entries in (-1, 1).
        Y: $Y$, shape (K,).
        C: $C$, shape (K,).
        V: $V$, shape (H, K).

    Returns:
        dU: $\frac{\partial Q}{\partial U}$, shape (D, H).
        dV: $\frac{\partial Q}{\partial V}$, shape (H, K).

    Raises:
        ValueError: if the shapes disagree.

    >>> one, V = np.ones(1), np.array([[2.0, 4.0]])
    >>> dU, dV = squared_error_gradients(one, 0 * one, np.zeros(2), np.array([1.0, 0.0]), V)
    >>> dU.tolist(), dV.tolist()
    ([[-2.0]], [[-0.0, 0.0]])
    """
    require_shapes(("D", X), ("H", S), ("K", Y), ("K", C), ("H K", V))
    dY = Y - C
    return np.outer(X, (dY @ V.T) * (1 - S**2)), np.outer(S, dY)
