"""The forward pass once more, in plain loops, and its derivatives by complex step.

Nothing here comes from the package. Each quantity of the network can be shifted, which
makes the derivative with respect to it a derivative with respect to the shift.
"""

import re
from types import SimpleNamespace

import numpy as np
import pytest

D, H, K, STEPS, BATCH = 2, 3, 4, 6, 5


def random_case(seed=0, steps=STEPS):
    """Dense random inputs of one sequence, read-only so that no function changes them."""
    random = np.random.default_rng(seed)
    case = {
        "X": random.normal(size=(steps, D)),
        "C": random.dirichlet(np.ones(K), size=steps),
        "U": random.normal(size=(D, H)),
        "W": random.normal(size=(H, H)),
        "V": random.normal(size=(H, K)),
        "S_init": random.normal(size=H),
    }
    for array in case.values():
        array.flags.writeable = False
    return case


def random_batch(seed=0, steps=STEPS):
    """The same for a batch: time, batch, features."""
    sequences = [random_case(seed + b, steps) for b in range(BATCH)]
    case = {name: np.stack([s[name] for s in sequences], axis=1) for name in "XC"}
    case |= {name: sequences[0][name] for name in "UWV"}
    case["S_init"] = np.stack([s["S_init"] for s in sequences])
    for array in case.values():
        array.flags.writeable = False
    return case


def run(X, C, U, W, V, S_init, A_shift=None, S_shift=None, Y_shift=None, W_copies=None):
    """All quantities of the forward pass, entry by entry."""
    steps = range(len(X))
    A_shift = np.zeros((len(X), H)) if A_shift is None else A_shift
    S_shift = np.zeros((len(X), H)) if S_shift is None else S_shift
    Y_shift = np.zeros((len(X), K)) if Y_shift is None else Y_shift
    W_copies = [W for _ in steps] if W_copies is None else W_copies
    A, S, Y, P, losses, previous = [], [], [], [], [], S_init
    for t in steps:
        A.append([
            sum(X[t][d] * U[d][h] for d in range(D))
            + sum(previous[i] * W_copies[t][i][h] for i in range(H))
            + A_shift[t][h]
            for h in range(H)
        ])  # fmt: skip
        S.append([np.sinh(A[t][h]) / np.cosh(A[t][h]) + S_shift[t][h] for h in range(H)])
        Y.append([sum(S[t][h] * V[h][k] for h in range(H)) + Y_shift[t][k] for k in range(K)])
        total = sum(np.exp(y) for y in Y[t])
        P.append([np.exp(y) / total for y in Y[t]])
        losses.append(-sum(C[t][k] * np.log(P[t][k]) for k in range(K)))
        previous = S[t]
    arrays = {name: np.array(value) for name, value in zip("ASYP", (A, S, Y, P))}
    return SimpleNamespace(**arrays, losses=np.array(losses), E=sum(losses))


def jacobian(f, x):
    """Derivative of an array with respect to an array, the axes of f first."""
    columns = []
    for index in np.ndindex(x.shape):
        moved = x.astype(complex)
        moved[index] += 1e-30j
        columns.append(np.asarray(f(moved)).imag / 1e-30)
    return np.moveaxis(np.array(columns), 0, -1).reshape(columns[0].shape + x.shape)


def derivative(case, of, by):
    """Total derivative of what `of` picks from a run, with respect to an argument of `run`."""
    shapes = {"A_shift": (len(case["X"]), H), "S_shift": (len(case["X"]), H), "Y_shift": (len(case["X"]), K)}
    point = case[by] if by in case else np.zeros(shapes[by])
    return jacobian(lambda value: of(run(**{**case, by: value})), point)


def close(found, expected, tolerance=1e-12):
    """Whether shapes are equal and the largest error is small against the largest entry."""
    found, expected = np.asarray(found), np.asarray(expected)
    assert found.shape == expected.shape, (found.shape, expected.shape)
    return np.abs(found - expected).max() <= tolerance * max(1e-300, np.abs(expected).max())


def rejects_another_axis(function, arguments):
    """Whether each argument with an axis too many raises a ValueError that names its shape."""
    for position in range(len(arguments)):
        wrong = [np.asarray(a)[None] if i == position else a for i, a in enumerate(arguments)]
        with pytest.raises(ValueError, match=re.escape(str(np.shape(wrong[position])))):
            function(*wrong)
    return True
