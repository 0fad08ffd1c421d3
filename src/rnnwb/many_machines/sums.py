"""The loss of a batch and its gradients as sums over machines that hold some of its sequences each."""

import numpy as np

from rnnwb.losses import softmax_cross_entropy
from rnnwb.ragged.padded import ragged_bptt
from rnnwb.shapes import require_shapes


def machine_losses(Y: np.ndarray, C: np.ndarray, last: np.ndarray, Z: np.ndarray) -> np.ndarray:
    r"""Loss of the sequences of each machine.

    Args:
        Y: $\mathbf{Y}$, shape (T + 1, B, K).
        C: $\mathbf{C}$, shape (T + 1, B, K), entries of a row sum to 1.
        last: $L$, shape (B,), the last steps.
        Z: $Z$, shape (B, N), which machine has which sequence.

    Returns:
        $\mathcal{J}$, shape (N,).

    Raises:
        ValueError: if the shapes disagree.

    >>> C = np.array([[[1.0, 0.0]] * 2] * 3)
    >>> machine_losses(np.zeros((3, 2, 2)), C, np.array([2, 0]), np.eye(2)).round(4).tolist()
    [2.0794, 0.6931]
    """
    require_shapes(("time B K", Y), ("time B K", C), ("B", last), ("B N", Z))
    belongs = np.arange(len(Y))[:, None] <= last
    return np.sum(np.where(belongs, softmax_cross_entropy(Y, C), 0), axis=0) @ Z


def batch_loss(machine_losses: np.ndarray) -> np.ndarray:
    r"""Loss of the batch.

    Args:
        machine_losses: $\mathcal{J}$, shape (N,).

    Returns:
        $J$, shape ().

    >>> float(batch_loss(np.array([2.0, 0.5])))
    2.5
    """
    return np.sum(machine_losses)


def machine_deltas(delta: np.ndarray, Z: np.ndarray, r: int) -> np.ndarray:
    r"""Gradients of one machine's loss with respect to the pre-activations of step t: its own rows, and zeros.

    Args:
        delta: $\Delta_t$, shape (B, H).
        Z: $Z$, shape (B, N), which machine has which sequence.
        r: $r$, shape (), the machine, counted from 1.

    Returns:
        $\frac{\partial \mathcal{J}_r}{\partial \mathbf{A}_t}$, shape (B, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> machine_deltas(np.array([[1.0], [2.0]]), np.eye(2), 2).tolist()
    [[0.0], [2.0]]
    """
    require_shapes(("B H", delta), ("B N", Z))
    return Z[:, int(r) - 1, None] * delta


def machine_initial_state_gradient(dS_init: np.ndarray, Z: np.ndarray, r: int) -> np.ndarray:
    r"""Gradient of one machine's loss with respect to the initial states: its own rows, and zeros.

    Args:
        dS_init: $\frac{\partial J}{\partial \mathbf{S}_{-1}}$, shape (B, H).
        Z: $Z$, shape (B, N), which machine has which sequence.
        r: $r$, shape (), the machine, counted from 1.

    Returns:
        $\frac{\partial \mathcal{J}_r}{\partial \mathbf{S}_{-1}}$, shape (B, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> machine_initial_state_gradient(np.array([[1.0], [2.0]]), np.eye(2), 1).tolist()
    [[1.0], [0.0]]
    """
    require_shapes(("B H", dS_init), ("B N", Z))
    return Z[:, int(r) - 1, None] * dS_init


def machine_gradients(
    X: np.ndarray, C: np.ndarray, last: np.ndarray, Z: np.ndarray,
    U: np.ndarray, W: np.ndarray, V: np.ndarray, S_init: np.ndarray,
) -> tuple[np.ndarray, ...]:  # fmt: skip
    r"""Gradients of the machines' losses, each computed from the sequences of that machine alone.

    Args:
        X: $\mathbf{X}$, shape (T + 1, B, D), anything in the padding.
        C: $\mathbf{C}$, shape (T + 1, B, K), entries of a row sum to 1.
        last: $L$, shape (B,), the last steps.
        Z: $Z$, shape (B, N), which machine has which sequence.
        U: $U$, shape (D, H).
        W: $W$, shape (H, H).
        V: $V$, shape (H, K).
        S_init: $\mathbf{S}_{-1}$, shape (B, H).

    Returns:
        dU: $\frac{\partial \mathcal{J}}{\partial U}$, shape (N, D, H).
        dW: $\frac{\partial \mathcal{J}}{\partial W}$, shape (N, H, H).
        dV: $\frac{\partial \mathcal{J}}{\partial V}$, shape (N, H, K).

    Raises:
        ValueError: if the shapes disagree.

    >>> X, C, zero = np.ones((3, 2, 1)), np.array([[[1.0, 0.0]] * 2] * 3), np.zeros((1, 1))
    >>> V, S_init = np.array([[2.0, 4.0]]), np.zeros((2, 1))
    >>> machine_gradients(X, C, np.array([2, 0]), np.eye(2), zero, zero, V, S_init)[0].tolist()
    [[[3.0]], [[1.0]]]
    """
    require_shapes(("time B D", X), ("time B K", C), ("B", last), ("B N", Z), ("B H", S_init))
    found = []
    for own in Z.T == 1:
        _, dU, dW, dV, *_ = ragged_bptt(X[:, own], C[:, own], last[own], U, W, V, S_init[own])
        found.append((dU, dW, dV))
    return tuple(np.stack(gradients) for gradients in zip(*found))


def summed_gradients(dU: np.ndarray, dW: np.ndarray, dV: np.ndarray) -> tuple[np.ndarray, ...]:
    r"""Gradients of the loss of the batch, which an all-reduce leaves on every machine.

    Args:
        dU: $\frac{\partial \mathcal{J}}{\partial U}$, shape (N, D, H).
        dW: $\frac{\partial \mathcal{J}}{\partial W}$, shape (N, H, H).
        dV: $\frac{\partial \mathcal{J}}{\partial V}$, shape (N, H, K).

    Returns:
        dU: $\frac{\partial J}{\partial U}$, shape (D, H).
        dW: $\frac{\partial J}{\partial W}$, shape (H, H).
        dV: $\frac{\partial J}{\partial V}$, shape (H, K).

    >>> one = np.ones((2, 1, 1))
    >>> [gradient.tolist() for gradient in summed_gradients(one, 2 * one, 3 * one)]
    [[[2.0]], [[4.0]], [[6.0]]]
    """
    return dU.sum(axis=0), dW.sum(axis=0), dV.sum(axis=0)


def updated_weights(W: np.ndarray, dW: np.ndarray, eta: float) -> np.ndarray:
    r"""Recurrent weights after a step of gradient descent, the same on every machine.

    Args:
        W: $W$, shape (H, H).
        dW: $\frac{\partial \mathcal{J}}{\partial W}$, shape (N, H, H).
        eta: $\eta$, shape (), the learning rate.

    Returns:
        $\bar{W}$, shape (H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> updated_weights(np.array([[1.0]]), np.array([[[2.0]], [[3.0]]]), 0.1).tolist()
    [[0.5]]
    """
    require_shapes(("H H", W), ("N H H", dW))
    return W - eta * dW.sum(axis=0)


def gradient_norm(dW: np.ndarray) -> np.ndarray:
    r"""Size of the gradient of the batch, which is what a threshold is compared with.

    Args:
        dW: $\frac{\partial \mathcal{J}}{\partial W}$, shape (N, H, H).

    Returns:
        $\left\|\frac{\partial J}{\partial W}\right\|_F$, shape ().

    >>> float(gradient_norm(np.array([[[3.0]], [[-1.0]]])))
    2.0
    """
    return np.linalg.norm(dW.sum(axis=0))
