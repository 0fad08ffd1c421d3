"""The masks of the four categories: which steps have an input, an output that counts, and feedback."""

import numpy as np


def input_masks(last: np.ndarray, other: np.ndarray, t: np.ndarray) -> np.ndarray:
    r"""Whether the input of step t enters, for each view.

    Args:
        last: $N$, shape (B,), the last step of the input in the fourth view.
        other: $\mu_t$, shape (B,), zeros and ones for the views after the fourth.
        t: $t$, shape (), the step.

    Returns:
        $\alpha_t$, shape (B,).

    >>> [input_masks(np.full(5, 1), np.zeros(5), np.array(t)).tolist() for t in (0, 2)]
    [[1.0, 1.0, 1.0, 1.0, 0.0], [1.0, 1.0, 0.0, 0.0, 0.0]]
    """
    return np.concatenate([[1.0, 1.0, t == 0, t <= last[3]], other[4:]])


def output_masks(last: np.ndarray, other: np.ndarray, t: np.ndarray, T: np.ndarray) -> np.ndarray:
    r"""Whether the output of step t counts, for each view.

    Args:
        last: $N$, shape (B,), the last step of the input in the fourth view.
        other: $\nu_t$, shape (B,), zeros and ones for the views after the fourth.
        t: $t$, shape (), the step.
        T: $T$, shape (), the last step.

    Returns:
        $\omega_t$, shape (B,).

    >>> [output_masks(np.full(4, 1), np.zeros(4), np.array(t), np.array(5)).tolist() for t in (0, 5)]
    [[1.0, 0.0, 1.0, 0.0], [1.0, 1.0, 1.0, 1.0]]
    """
    return np.concatenate([[1.0, t == T, 1.0, t > last[3]], other[4:]])


def feedback_masks(last: np.ndarray, other: np.ndarray, t: np.ndarray) -> np.ndarray:
    r"""Whether the output of step t - 1 enters step t, for each view.

    Args:
        last: $N$, shape (B,), the last step of the input in the fourth view.
        other: $\kappa_t$, shape (B,), zeros and ones for the views after the fourth.
        t: $t$, shape (), the step.

    Returns:
        $\phi_t$, shape (B,).

    >>> [feedback_masks(np.full(4, 1), np.zeros(4), np.array(t)).tolist() for t in (0, 2, 3)]
    [[0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 1.0, 0.0], [0.0, 0.0, 1.0, 1.0]]
    """
    return np.concatenate([[0.0, 0.0, t > 0, t > last[3] + 1], other[4:]])


def shared_initial_state(S_init: np.ndarray) -> np.ndarray:
    r"""The initial state of the network whose output is fed back, the one of all views.

    Args:
        S_init: $S_{-1}$, shape (H,).

    Returns:
        $S^{\mathrm{f}}_{-1}$, shape (H,).

    >>> shared_initial_state(np.array([0.5])).tolist()
    [0.5]
    """
    return S_init.copy()


def shared_initial_states(S_init: np.ndarray, last: np.ndarray) -> np.ndarray:
    r"""The initial state of every view, the same for all.

    Args:
        S_init: $S_{-1}$, shape (H,).
        last: $N$, shape (B,), one number for each view.

    Returns:
        $\mathbf{S}_{-1}$, shape (B, H).

    >>> shared_initial_states(np.array([0.5]), np.zeros(2)).tolist()
    [[0.5], [0.5]]
    """
    return np.tile(S_init, (len(last), 1))
