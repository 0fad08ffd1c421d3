"""Random cases of the networks with one recurrent layer, and their losses in plain code."""

import numpy as np
from plain import LENGTHS, STEPS, B, D, H, K, cross_entropy, states

from rnnwb.networks import gru, lstm, many_to_many

MODULES = {"tanh": many_to_many, "lstm": lstm, "gru": gru}


def parameters(kind, seed=0, dtype=np.float64, sizes=(D, H, K)):
    """Dense random parameters, every bias too."""
    random = np.random.default_rng(seed)
    zeros = MODULES[kind].initial_parameters(*sizes, seed)
    return type(zeros)(*(random.normal(size=array.shape).astype(dtype) for array in zeros))


def initial_state(kind, seed=1, dtype=np.float64, batch=B):
    S, M = np.random.default_rng(seed).normal(size=(2, batch, H)).astype(dtype)
    return lstm.State(S, M) if kind == "lstm" else S


def sequences(seed=2, dtype=np.float64, simplex=False, steps=STEPS, batch=B):
    """Inputs and targets; some steps have no target."""
    random = np.random.default_rng(seed)
    X = random.normal(size=(steps, batch, D)).astype(dtype)
    classes = random.integers(-1, K, size=(steps, batch))
    points = random.dirichlet(np.ones(K), size=(steps, batch)) * (classes >= 0)[:, :, None]
    return X, points.astype(dtype) if simplex else classes


def layer_weights(arrays):
    return {name: array for name, array in arrays.items() if name not in ("V", "c")}


def per_sequence(state):
    """The states of the sequences one by one."""
    return list(zip(*state)) if isinstance(state, tuple) else [(S,) for S in state]


def many_to_many_loss(kind, arrays, X, C, state, lengths):
    """Sum over the sequences and their own steps."""
    total = 0
    for b, (length, start) in enumerate(zip(lengths, per_sequence(state))):
        for t, (s, *_) in enumerate(states(kind, layer_weights(arrays), X[:length, b], start)):
            total = total + cross_entropy(s @ arrays["V"] + arrays["c"], C[t, b])
    return total


ALL = np.full(B, STEPS)
RAGGED = LENGTHS
