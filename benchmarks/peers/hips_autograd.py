"""HIPS autograd: a loop over NumPy arrays, differentiated."""

from __future__ import annotations

from typing import Any

import autograd.numpy as anp
import numpy as np
from autograd import value_and_grad

from benchmarks.cases import Problem
from benchmarks.program import Answer, Program

TITLE = "HIPS autograd"
CELLS = ("tanh",)
CLOCK = "cpu"


def program(problem: Problem) -> Program:
    """The loop with a product for each input, since an entry of a differentiated array would cost a whole one."""
    _, parameters, X, C, S_init = problem
    differentiated = value_and_grad(lambda p: loss(p, X, C, S_init))
    p = parameters._asdict()
    return Program(
        lambda: differentiated(p), lambda found: Answer(float(found[0]), found[1]), lambda: logits(p, X, S_init)
    )


def logits(p: dict[str, Any], X: np.ndarray, S: Any) -> Any:
    """Logits of all steps."""
    states = []
    for X_t in X:
        S = anp.tanh(X_t @ p["U"] + S @ p["W"] + p["b"])
        states.append(S)
    return anp.stack(states) @ p["V"] + p["c"]


def loss(p: dict[str, Any], X: np.ndarray, C: np.ndarray, S_init: np.ndarray) -> Any:
    """Sum of the cross-entropies of all steps."""
    Y = logits(p, X, S_init).reshape((C.size, -1))
    shifted = Y - np.max(getattr(Y, "_value", Y), axis=1, keepdims=True)
    log_total = anp.log(anp.sum(anp.exp(shifted), axis=1))
    return anp.sum(log_total - shifted[np.arange(C.size), C.reshape(-1)])
