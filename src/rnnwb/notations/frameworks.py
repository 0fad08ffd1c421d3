"""One step, and the gradients, as PyTorch, Keras and Flax arrange them."""

import numpy as np

from rnnwb.shapes import require_shapes


def torch_hidden_state(
    X: np.ndarray, S_prev: np.ndarray, weight_ih: np.ndarray, weight_hh: np.ndarray,
    bias_ih: np.ndarray, bias_hh: np.ndarray,
) -> np.ndarray:  # fmt: skip
    r"""Hidden state as `torch.nn.RNN` computes it.

    Args:
        X: $X_t$, shape (D,).
        S_prev: $S_{t-1}$, shape (H,).
        weight_ih: $W_{\mathrm{ih}}$, shape (H, D).
        weight_hh: $W_{\mathrm{hh}}$, shape (H, H).
        bias_ih: $b_{\mathrm{ih}}$, shape (H,).
        bias_hh: $b_{\mathrm{hh}}$, shape (H,).

    Returns:
        $S_t$, shape (H,), entries in (-1, 1).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones((1, 1))
    >>> torch_hidden_state(one[0], one[0], one, -one, one[0], -one[0]).tolist()
    [0.0]
    """
    require_shapes(("D", X), ("H", S_prev), ("H D", weight_ih), ("H H", weight_hh), ("H", bias_ih), ("H", bias_hh))
    return np.tanh(X @ weight_ih.T + bias_ih + S_prev @ weight_hh.T + bias_hh)


def keras_weights(U: np.ndarray, W: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    r"""`kernel` and `recurrent_kernel` of Keras, or the two kernels of Flax: nothing is transposed.

    Args:
        U: $U$, shape (D, H).
        W: $W$, shape (H, H).

    Returns:
        kernel: $\Theta$, shape (D, H).
        recurrent_kernel: $\Omega$, shape (H, H).

    >>> keras_weights(np.array([[1.0, 2.0]]), np.eye(2))[0].tolist()
    [[1.0, 2.0]]
    """
    return U.copy(), W.copy()


def keras_hidden_state(
    X: np.ndarray, S_prev: np.ndarray, kernel: np.ndarray, recurrent_kernel: np.ndarray, bias: np.ndarray
) -> np.ndarray:
    r"""Hidden state as the `SimpleRNN` of Keras and the `SimpleCell` of Flax compute it.

    Args:
        X: $X_t$, shape (D,).
        S_prev: $S_{t-1}$, shape (H,).
        kernel: $\Theta$, shape (D, H).
        recurrent_kernel: $\Omega$, shape (H, H).
        bias: $b$, shape (H,).

    Returns:
        $S_t$, shape (H,), entries in (-1, 1).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones((1, 1))
    >>> keras_hidden_state(one[0], one[0], one, -one, 0 * one[0]).tolist()
    [0.0]
    """
    require_shapes(("D", X), ("H", S_prev), ("D H", kernel), ("H H", recurrent_kernel), ("H", bias))
    return np.tanh(X @ kernel + bias + S_prev @ recurrent_kernel)


def torch_bias_gradients(delta: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    r"""Gradients of the total loss with respect to the two hidden biases of PyTorch.

    Args:
        delta: $\delta$, shape (T + 1, H).

    Returns:
        bias_ih: $\frac{\partial E}{\partial b_{\mathrm{ih}}}$, shape (H,).
        bias_hh: $\frac{\partial E}{\partial b_{\mathrm{hh}}}$, shape (H,).

    >>> [gradient.tolist() for gradient in torch_bias_gradients(np.array([[1.0, 2.0], [3.0, 4.0]]))]
    [[4.0, 6.0], [4.0, 6.0]]
    """
    return delta.sum(axis=0), delta.sum(axis=0)


def torch_weight_gradients(dU: np.ndarray, dW: np.ndarray, dV: np.ndarray) -> tuple[np.ndarray, ...]:
    r"""Gradients of the total loss with respect to the weights of PyTorch.

    Args:
        dU: $\frac{\partial E}{\partial U}$, shape (D, H).
        dW: $\frac{\partial E}{\partial W}$, shape (H, H).
        dV: $\frac{\partial E}{\partial V}$, shape (H, K).

    Returns:
        weight_ih: $\frac{\partial E}{\partial W_{\mathrm{ih}}}$, shape (H, D).
        weight_hh: $\frac{\partial E}{\partial W_{\mathrm{hh}}}$, shape (H, H).
        weight: $\frac{\partial E}{\partial W_{\mathrm{o}}}$, shape (K, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> torch_weight_gradients(np.array([[1.0], [2.0]]), np.ones((1, 1)), np.ones((1, 1)))[0].tolist()
    [[1.0, 2.0]]
    """
    require_shapes(("D H", dU), ("H H", dW), ("H K", dV))
    return dU.T.copy(), dW.T.copy(), dV.T.copy()
