"""A loop in PyTorch, written by hand: the inputs go through U in one product, the states through V in another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from benchmarks.cases import Problem
from benchmarks.peers.torch_tensors import answer, tensors
from benchmarks.program import Program

TITLE = "PyTorch, loop by hand"
CELLS = ("tanh",)
CLOCK = "cpu"

Loss = Callable[..., Any]


def program(problem: Problem) -> Program:
    """The loop, differentiated by PyTorch's autograd."""
    return differentiated(problem, loss)


def differentiated(problem: Problem, loss: Loss) -> Program:
    """A program that differentiates this loss."""
    torch.set_num_threads(1)
    p = tensors(problem)
    X, C, S_init = torch.tensor(problem.X), torch.tensor(problem.C).reshape(-1), torch.tensor(problem.S_init)

    def call() -> Any:
        E = loss(X, C, S_init, **p)
        return E, torch.autograd.grad(E, list(p.values()))

    def logits() -> np.ndarray:
        with torch.no_grad():
            return logits_of(X, S_init, **p).numpy()

    return Program(call, answer(tuple(p)), logits)


def logits_of(X: Any, S_init: Any, U: Any, W: Any, V: Any, b: Any, c: Any) -> Any:
    """Logits of all steps."""
    S, states = S_init, []
    for F_t in (X @ U + b).unbind():
        S = torch.tanh(torch.addmm(F_t, S, W))
        states.append(S)
    return torch.stack(states) @ V + c


def loss(X: Any, C: Any, S_init: Any, **p: Any) -> Any:
    """Sum of the cross-entropies of all steps."""
    return torch.nn.functional.cross_entropy(logits_of(X, S_init, **p).reshape(len(C), -1), C, reduction="sum")
