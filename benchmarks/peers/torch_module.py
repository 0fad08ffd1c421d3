"""torch.nn.RNN, LSTM or GRU, with a Linear layer and cross_entropy, differentiated by PyTorch's autograd."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from benchmarks.cases import Problem
from benchmarks.program import Answer, Program

TITLE = "torch.nn"
CELLS = ("tanh", "lstm", "gru")
CLOCK = "cpu"
MODULES = {"tanh": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}


def program(problem: Problem) -> Program:
    """The layers with the weights of the problem, all of which are differentiated, PyTorch's second bias too."""
    torch.set_num_threads(1)
    case, _, X, C, S_init = problem
    layer, linear = layers(problem)
    inputs, targets, state = torch.tensor(X), torch.tensor(C).reshape(-1), state_of(S_init)
    weights = [*layer.parameters(), *linear.parameters()]

    def call() -> Any:
        logits = linear(layer(inputs, state)[0])
        loss = torch.nn.functional.cross_entropy(logits.reshape(len(targets), -1), targets, reduction="sum")
        return loss, torch.autograd.grad(loss, weights)

    def logits() -> np.ndarray:
        with torch.no_grad():
            return linear(layer(inputs, state)[0]).numpy()

    return Program(call, lambda found: answer(case.cell, *found), logits)


def layers(problem: Problem) -> tuple[Any, Any]:
    """The recurrent and the linear layer."""
    case, p, *_ = problem
    H, _, _, D, K = case.size
    dtype = getattr(torch, case.dtype)
    layer, linear = MODULES[case.cell](D, H, dtype=dtype), torch.nn.Linear(H, K, dtype=dtype)
    bias_hh = np.zeros_like(p.b)
    if case.cell == "gru":
        bias_hh[2 * H :] = p.beta
    values = (p.U.T, p.W.T, p.b, bias_hh, p.V.T, p.c)
    with torch.no_grad():
        for parameter, value in zip([*layer.parameters(), *linear.parameters()], values, strict=True):
            parameter.copy_(torch.tensor(np.ascontiguousarray(value)))
    return layer, linear


def state_of(S_init: Any) -> Any:
    """The initial state with the axis of layers, which is 1."""
    return tuple(torch.tensor(a)[None] for a in S_init) if isinstance(S_init, tuple) else torch.tensor(S_init)[None]


def answer(cell: str, loss: Any, gradients: tuple[Any, ...]) -> Answer:
    """The gradients with our names and shapes; the second bias of PyTorch is ours only within the GRU's reset."""
    dU, dW, db, db_hh, dV, dc = (value.numpy() for value in gradients)
    found = {"U": dU.T, "W": dW.T, "V": dV.T, "b": db}
    if cell == "gru":
        found["beta"] = db_hh[len(db) // 3 * 2 :]
    return Answer(loss.item(), {**found, "c": dc})
