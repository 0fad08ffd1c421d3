"""The mean over all steps from the machines' sums and means, and what an average over the machines makes of it."""

import numpy as np

from rnnwb.shapes import require_shapes


def machine_steps(last: np.ndarray, Z: np.ndarray) -> np.ndarray:
    r"""How many steps the sequences of each machine have together.

    Args:
        last: $L$, shape (B,), the last steps.
        Z: $Z$, shape (B, N), which machine has which sequence.

    Returns:
        $Q$, shape (N,).

    Raises:
        ValueError: if the shapes disagree.

    >>> machine_steps(np.array([2.0, 0.0, 1.0]), np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]])).tolist()
    [5.0, 1.0]
    """
    require_shapes(("B", last), ("B N", Z))
    return (last + 1) @ Z


def all_steps(Q: np.ndarray) -> np.ndarray:
    r"""How many steps all sequences have together.

    Args:
        Q: $Q$, shape (N,), the steps of each machine.

    Returns:
        $q$, shape ().

    >>> float(all_steps(np.array([5.0, 1.0])))
    6.0
    """
    return np.sum(Q)


def machine_means(machine_losses: np.ndarray, Q: np.ndarray) -> np.ndarray:
    r"""Loss of each machine averaged over its own steps, 0 for a machine without a step.

    Args:
        machine_losses: $\mathcal{J}$, shape (N,).
        Q: $Q$, shape (N,), the steps of each machine.

    Returns:
        $\mathcal{M}$, shape (N,).

    Raises:
        ValueError: if the shapes disagree.

    >>> machine_means(np.array([6.0, 0.0]), np.array([4.0, 0.0])).tolist()
    [1.5, 0.0]
    """
    require_shapes(("N", machine_losses), ("N", Q))
    return np.divide(machine_losses, Q, out=np.zeros(len(Q)), where=Q > 0)


def mean_from_sums(machine_losses: np.ndarray, Q: np.ndarray) -> np.ndarray:
    r"""Mean over all steps: two sums over the machines, and one division after both.

    Args:
        machine_losses: $\mathcal{J}$, shape (N,).
        Q: $Q$, shape (N,), the steps of each machine.

    Returns:
        $M$, shape ().

    Raises:
        ValueError: if the shapes disagree.

    >>> float(mean_from_sums(np.array([6.0, 2.0]), np.array([4.0, 1.0])))
    1.6
    """
    require_shapes(("N", machine_losses), ("N", Q))
    return np.sum(machine_losses) / np.sum(Q)


def mean_from_means(machine_means: np.ndarray, Q: np.ndarray) -> np.ndarray:
    r"""Mean over all steps from the machines' means, each with its share of the steps as weight.

    Args:
        machine_means: $\mathcal{M}$, shape (N,).
        Q: $Q$, shape (N,), the steps of each machine.

    Returns:
        $M$, shape ().

    Raises:
        ValueError: if the shapes disagree.

    >>> float(mean_from_means(np.array([1.5, 2.0]), np.array([4.0, 1.0])))
    1.6
    """
    require_shapes(("N", machine_means), ("N", Q))
    return Q @ machine_means / np.sum(Q)


def mean_gradient(dW: np.ndarray, q: np.ndarray) -> np.ndarray:
    r"""Gradient of the mean over all steps with respect to the recurrent weights.

    Args:
        dW: $\frac{\partial \mathcal{J}}{\partial W}$, shape (N, H, H).
        q: $q$, shape (), the number of all steps.

    Returns:
        $\frac{\partial M}{\partial W}$, shape (H, H).

    >>> mean_gradient(np.array([[[6.0]], [[2.0]]]), np.array(4.0)).tolist()
    [[2.0]]
    """
    return dW.sum(axis=0) / q


def mean_of_means(machine_means: np.ndarray) -> np.ndarray:
    r"""The average of the machines' means, which is not the mean over all steps.

    Args:
        machine_means: $\mathcal{M}$, shape (N,).

    Returns:
        $\mu$, shape ().

    >>> float(mean_of_means(np.array([1.5, 2.0])))
    1.75
    """
    return np.mean(machine_means)


def mean_from_mean_of_means(mu: np.ndarray, machine_means: np.ndarray, Q: np.ndarray) -> np.ndarray:
    r"""Mean over all steps from the average of the machines' means and what this average gets wrong.

    Args:
        mu: $\mu$, shape ().
        machine_means: $\mathcal{M}$, shape (N,).
        Q: $Q$, shape (N,), the steps of each machine.

    Returns:
        $M$, shape ().

    Raises:
        ValueError: if the shapes disagree.

    >>> round(float(mean_from_mean_of_means(np.array(1.75), np.array([1.5, 2.0]), np.array([4.0, 1.0]))), 12)
    1.6
    """
    require_shapes(("N", machine_means), ("N", Q))
    return mu + (Q / np.sum(Q) - 1 / len(Q)) @ machine_means


def gradient_from_mean_of_means(dW: np.ndarray, dW_means: np.ndarray, Q: np.ndarray) -> np.ndarray:
    r"""Gradient of the mean over all steps from that of the average of the machines' means.

    Args:
        dW: $\frac{\partial \mu}{\partial W}$, shape (H, H).
        dW_means: $\frac{\partial \mathcal{M}}{\partial W}$, shape (N, H, H).
        Q: $Q$, shape (N,), the steps of each machine.

    Returns:
        $\frac{\partial M}{\partial W}$, shape (H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> dW, dW_means = np.array([[2.0]]), np.array([[[1.0]], [[3.0]]])
    >>> gradient_from_mean_of_means(dW, dW_means, np.array([3.0, 1.0])).tolist()
    [[1.5]]
    """
    require_shapes(("H H", dW), ("N H H", dW_means), ("N", Q))
    return dW + np.tensordot(Q / np.sum(Q) - 1 / len(Q), dW_means, axes=1)


def scaled_losses(machine_losses: np.ndarray) -> np.ndarray:
    r"""What each machine differentiates where the gradients are averaged afterwards, for the sum to come out.

    Args:
        machine_losses: $\mathcal{J}$, shape (N,).

    Returns:
        $\mathcal{L}$, shape (N,).

    >>> scaled_losses(np.array([1.0, 2.0])).tolist()
    [2.0, 4.0]
    """
    return len(machine_losses) * machine_losses


def averaged_gradient(dW: np.ndarray) -> np.ndarray:
    r"""What an average over the machines makes of the gradients of the scaled losses.

    Args:
        dW: $\frac{\partial \mathcal{L}}{\partial W}$, shape (N, H, H).

    Returns:
        $\frac{\partial J}{\partial W}$, shape (H, H).

    >>> averaged_gradient(np.array([[[2.0]], [[6.0]]])).tolist()
    [[4.0]]
    """
    return dW.mean(axis=0)
