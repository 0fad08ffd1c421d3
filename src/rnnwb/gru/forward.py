"""One step of the GRU, with the reset gate after the recurrent product, as in PyTorch.

References:
    Cho et al., "Learning phrase representations using RNN encoder-decoder for statistical
    machine translation", EMNLP 2014, pages 1724-1734.
"""

import numpy as np

from rnnwb.lstm.forward import logistic
from rnnwb.shapes import require_shapes


def gate_preactivations(
    X: np.ndarray,
    S_prev: np.ndarray,
    U_r: np.ndarray,
    U_z: np.ndarray,
    W_r: np.ndarray,
    W_z: np.ndarray,
) -> tuple[np.ndarray, ...]:
    r"""What the reset gate and the update gate receive at step t.

    Args:
        X: $X_t$, shape (D,).
        S_prev: $S_{t-1}$, shape (H,).
        U_r: $U^{\mathrm{r}}$, shape (D, H).
        U_z: $U^{\mathrm{z}}$, shape (D, H).
        W_r: $W^{\mathrm{r}}$, shape (H, H).
        W_z: $W^{\mathrm{z}}$, shape (H, H).

    Returns:
        A_r: $A^{\mathrm{r}}_t$, shape (H,).
        A_z: $A^{\mathrm{z}}_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones((1, 1))
    >>> [float(a[0]) for a in gate_preactivations(one[0], one[0], one, 2 * one, one, one)]
    [2.0, 3.0]
    """
    require_shapes(
        ("D", X),
        ("H", S_prev),
        ("D H", U_r),
        ("D H", U_z),
        ("H H", W_r),
        ("H H", W_z),
    )
    return X @ U_r + S_prev @ W_r, X @ U_z + S_prev @ W_z


def recurrent_candidate(
    S_prev: np.ndarray,
    W_n: np.ndarray,
    beta: np.ndarray,
) -> np.ndarray:
    r"""What the candidate receives from the previous hidden state, before the reset gate.

    Args:
        S_prev: $S_{t-1}$, shape (H,).
        W_n: $W^{\mathrm{n}}$, shape (H, H).
        beta: $\beta$, shape (H,).

    Returns:
        $Q_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> recurrent_candidate(np.ones(1), np.array([[2.0]]), np.array([0.5])).tolist()
    [2.5]
    """
    require_shapes(("H", S_prev), ("H H", W_n), ("H", beta))
    return S_prev @ W_n + beta


def candidate_preactivation(
    X: np.ndarray,
    R_t: np.ndarray,
    Q: np.ndarray,
    U_n: np.ndarray,
) -> np.ndarray:
    r"""Pre-activation of the candidate at step t.

    Args:
        X: $X_t$, shape (D,).
        R_t: $R_t$, shape (H,).
        Q: $Q_t$, shape (H,).
        U_n: $U^{\mathrm{n}}$, shape (D, H).

    Returns:
        $A^{\mathrm{n}}_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> candidate_preactivation(np.ones(1), np.array([0.5]), np.ones(1), np.array([[2.0]])).tolist()
    [2.5]
    """
    require_shapes(("D", X), ("H", R_t), ("H", Q), ("D H", U_n))
    return X @ U_n + R_t * Q


def gates(
    A_r: np.ndarray,
    A_z: np.ndarray,
    A_n: np.ndarray,
) -> tuple[np.ndarray, ...]:
    r"""Reset gate, update gate and candidate of step t.

    Args:
        A_r: $A^{\mathrm{r}}_t$, shape (H,).
        A_z: $A^{\mathrm{z}}_t$, shape (H,).
        A_n: $A^{\mathrm{n}}_t$, shape (H,).

    Returns:
        R_t: $R_t$, shape (H,).
        Z_t: $Z_t$, shape (H,).
        N_t: $N_t$, shape (H,).

    >>> zero = np.zeros(1)
    >>> [float(gate[0]) for gate in gates(zero, zero, zero)]
    [0.5, 0.5, 0.0]
    """
    return logistic(A_r), logistic(A_z), np.tanh(A_n)


def hidden_state(
    Z_t: np.ndarray,
    N_t: np.ndarray,
    S_prev: np.ndarray,
) -> np.ndarray:
    r"""Hidden state after step t: a blend of the previous state and the candidate.

    Args:
        Z_t: $Z_t$, shape (H,).
        N_t: $N_t$, shape (H,).
        S_prev: $S_{t-1}$, shape (H,).

    Returns:
        $S_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> hidden_state(np.array([0.25]), np.array([-1.0]), np.array([1.0])).tolist()
    [-0.5]
    """
    require_shapes(("H", Z_t), ("H", N_t), ("H", S_prev))
    return Z_t * S_prev + (1 - Z_t) * N_t
