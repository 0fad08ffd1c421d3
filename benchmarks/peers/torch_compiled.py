"""The loop of `torch_loop` through torch.compile, which unrolls it."""

from __future__ import annotations

import os
import tempfile

import torch

from benchmarks.cases import Problem
from benchmarks.peers import torch_loop
from benchmarks.program import Program

TITLE = "torch.compile"
CELLS = ("tanh",)
CLOCK = "cpu"
MOST_STEPS = 100

FRESH = tempfile.TemporaryDirectory()
"""Where compiled code goes; nothing that an earlier run compiled is found there."""
os.environ |= {"TORCHINDUCTOR_CACHE_DIR": FRESH.name, "TORCHINDUCTOR_COMPILE_THREADS": "1"}


def program(problem: Problem) -> Program:
    """The loop, compiled at its first call.

    Raises:
        NotImplementedError: for sizes that take minutes to compile.
    """
    H, T, *_ = problem.case.size
    if T > MOST_STEPS or H > 64:
        raise NotImplementedError("the loop is unrolled, which takes too long to compile at this size")
    torch._dynamo.reset()
    return torch_loop.differentiated(problem, torch.compile(torch_loop.loss, fullgraph=True))
