"""The same as `torch_module` with two threads, measured on the clock of the wall: two threads spend more CPU time."""

from __future__ import annotations

import torch

from benchmarks.cases import Problem
from benchmarks.peers import torch_module
from benchmarks.program import Program

TITLE = "torch.nn, two threads"
CELLS = ("tanh",)
CLOCK = "wall"


def program(problem: Problem) -> Program:
    """The program of `torch_module` with two threads."""
    found = torch_module.program(problem)
    torch.set_num_threads(2)
    return found
