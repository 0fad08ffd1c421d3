"""What the programs in PyTorch share: the parameters as tensors, and the answer as arrays."""

from __future__ import annotations

from typing import Any

import torch

from benchmarks.cases import Problem
from benchmarks.program import Answer

Tensors = dict[str, torch.Tensor]


def tensors(problem: Problem) -> Tensors:
    """Parameters under their own names and in their own shapes, to be differentiated."""
    return {name: torch.tensor(value, requires_grad=True) for name, value in problem.parameters._asdict().items()}


def answer(names: tuple[str, ...]) -> Any:
    """What turns a loss and gradients, in the order of the names, into arrays."""

    def turn(found: tuple[torch.Tensor, tuple[torch.Tensor, ...]]) -> Answer:
        loss, gradients = found
        return Answer(loss.item(), {name: value.numpy() for name, value in zip(names, gradients)})

    return turn
