"""One step of the LSTM: four pre-activations, three gates and a candidate, two states.

References:
    Hochreiter and Schmidhuber, "Long short-term memory", Neural Computation 9(8), 1997,
    pages 1735-1780.
    Gers, Schmidhuber and Cummins, "Learning to forget: continual prediction with LSTM",
    Neural Computation 12(10), 2000, pages 2451-2471.
"""

import numpy as np

from rnnwb.shapes import require_shapes


def logistic(x: np.ndarray) -> np.ndarray:
    r"""The logistic function $1 / (1 + \exp(-x))$, safe for numbers of any size.

    The equation has it for the input gate.

    Args:
        x: $A^{\mathrm{i}}_t$, shape (H,); an array of any shape will do.

    Returns:
        $I_t$, shape (H,), entries in (0, 1), rounded to 0 or 1 where `x` is far from 0.

    >>> logistic(np.array([-1000.0, 0.0, 1000.0])).tolist()
    [0.0, 0.5, 1.0]
    """
    return 0.5 * (1 + np.tanh(0.5 * x))


def preactivations(
    X: np.ndarray,
    S_prev: np.ndarray,
    U_i: np.ndarray,
    U_f: np.ndarray,
    U_g: np.ndarray,
    U_o: np.ndarray,
    W_i: np.ndarray,
    W_f: np.ndarray,
    W_g: np.ndarray,
    W_o: np.ndarray,
) -> tuple[np.ndarray, ...]:
    r"""What the three gates and the candidate receive at step t.

    Args:
        X: $X_t$, shape (D,).
        S_prev: $S_{t-1}$, shape (H,).
        U_i: $U^{\mathrm{i}}$, shape (D, H).
        U_f: $U^{\mathrm{f}}$, shape (D, H).
        U_g: $U^{\mathrm{g}}$, shape (D, H).
        U_o: $U^{\mathrm{o}}$, shape (D, H).
        W_i: $W^{\mathrm{i}}$, shape (H, H).
        W_f: $W^{\mathrm{f}}$, shape (H, H).
        W_g: $W^{\mathrm{g}}$, shape (H, H).
        W_o: $W^{\mathrm{o}}$, shape (H, H).

    Returns:
        A_i: $A^{\mathrm{i}}_t$, shape (H,).
        A_f: $A^{\mathrm{f}}_t$, shape (H,).
        A_g: $A^{\mathrm{g}}_t$, shape (H,).
        A_o: $A^{\mathrm{o}}_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones((1, 1))
    >>> A = preactivations(one[0], one[0], one, 2 * one, 3 * one, 4 * one, one, one, one, one)
    >>> [float(a[0]) for a in A]
    [2.0, 3.0, 4.0, 5.0]
    """
    U, W = (U_i, U_f, U_g, U_o), (W_i, W_f, W_g, W_o)
    require_shapes(
        ("D", X),
        ("H", S_prev),
        *(("D H", u) for u in U),
        *(("H H", w) for w in W),
    )
    return tuple(X @ u + S_prev @ w for u, w in zip(U, W))


def gates(
    A_i: np.ndarray,
    A_f: np.ndarray,
    A_g: np.ndarray,
    A_o: np.ndarray,
) -> tuple[np.ndarray, ...]:
    r"""Input gate, forget gate, candidate and output gate of step t.

    Args:
        A_i: $A^{\mathrm{i}}_t$, shape (H,).
        A_f: $A^{\mathrm{f}}_t$, shape (H,).
        A_g: $A^{\mathrm{g}}_t$, shape (H,).
        A_o: $A^{\mathrm{o}}_t$, shape (H,).

    Returns:
        I_t: $I_t$, shape (H,).
        F_t: $F_t$, shape (H,).
        G_t: $G_t$, shape (H,).
        O_t: $O_t$, shape (H,).

    >>> zero = np.zeros(1)
    >>> [float(gate[0]) for gate in gates(zero, zero, zero, zero)]
    [0.5, 0.5, 0.0, 0.5]
    """
    return logistic(A_i), logistic(A_f), np.tanh(A_g), logistic(A_o)


def cell_state(I_t: np.ndarray, F_t: np.ndarray, G_t: np.ndarray, M_prev: np.ndarray) -> np.ndarray:
    r"""Cell state after step t.

    Args:
        I_t: $I_t$, shape (H,).
        F_t: $F_t$, shape (H,).
        G_t: $G_t$, shape (H,).
        M_prev: $M_{t-1}$, shape (H,).

    Returns:
        $M_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> half = np.array([0.5])
    >>> cell_state(half, half, np.array([1.0]), np.array([3.0])).tolist()
    [2.0]
    """
    require_shapes(("H", I_t), ("H", F_t), ("H", G_t), ("H", M_prev))
    return F_t * M_prev + I_t * G_t


def hidden_state(O_t: np.ndarray, M: np.ndarray) -> np.ndarray:
    r"""Hidden state after step t, what the cell shows of itself.

    Args:
        O_t: $O_t$, shape (H,).
        M: $M_t$, shape (H,).

    Returns:
        $S_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> hidden_state(np.array([0.5]), np.array([1.0])).round(4).tolist()
    [0.3808]
    """
    require_shapes(("H", O_t), ("H", M))
    return O_t * np.tanh(M)
