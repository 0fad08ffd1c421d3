"""The program under test: the public functions, validation included."""

from __future__ import annotations

from typing import Any

from benchmarks.cases import Problem
from benchmarks.program import Answer, Program
from rnnwb.networks import many_to_many


def program(problem: Problem) -> Program:
    """`rnnwb.networks.many_to_many.gradients`, which the LSTM and the GRU share."""
    _, parameters, X, C, S_init = problem
    return Program(
        call=lambda: many_to_many.gradients(parameters, X, C, S_init),
        answer=_answer,
        logits=lambda: many_to_many.forward(parameters, X, S_init).Y,
    )


def _answer(found: Any) -> Answer:
    return Answer(found.loss, found.parameters._asdict())
