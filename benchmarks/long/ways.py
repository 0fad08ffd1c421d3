"""The ways to a gradient of a long sequence, each by its name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benchmarks.cases import Case, Problem, Size, problem
from rnnwb.networks import batch, many_to_many
from rnnwb.networks.long import checkpointed, truncated

H = D = K = 64
B = 8
DTYPE = "float64"
CHUNK = 100
"""Steps of a chunk where the gradient is truncated."""

OURS = ("all_at_once", "states_kept", "checkpoints", "truncated")
PEERS = ("torch_module", "jax_scan", "jax_checkpoints")

Call = Callable[[], Any]


def described() -> dict[str, int | str]:
    """What the record tells of the network and of the chunks."""
    return {"H": H, "D": D, "K": K, "B": B, "dtype": DTYPE, "chunk": CHUNK}


def long_problem(steps: int) -> Problem:
    """A random problem with so many steps."""
    return problem(Case("tanh", Size(H, steps, B, D, K), DTYPE))


def first_steps(data: Problem, steps: int) -> Problem:
    """The same problem, cut after so many steps."""
    case = Case("tanh", data.case.size._replace(T=steps), DTYPE)
    return data._replace(case=case, X=data.X[:steps], C=data.C[:steps])


def call(way: str, data: Problem) -> Call:
    """A call that goes this way.

    Raises:
        ImportError: if a peer is not installed.
    """
    if way in PEERS:
        from benchmarks import peers

        return peers.load(way).program(data).call
    return WAYS[way](data)


def all_at_once(data: Problem) -> Call:
    """Every product for all steps at once, as a short program would do it, instead of a piece at a time."""
    _, parameters, X, C, S_init = data

    def run() -> Any:
        rows, batch.ROWS = batch.ROWS, X.shape[0] * X.shape[1]
        try:
            return many_to_many.gradients(parameters, X, C, S_init)
        finally:
            batch.ROWS = rows

    return run


def states_kept(data: Problem) -> Call:
    """The plain function, which keeps the hidden states and nothing else for all steps."""
    _, parameters, X, C, S_init = data
    return lambda: many_to_many.gradients(parameters, X, C, S_init)


def checkpoints(data: Problem) -> Call:
    """Exact as well, with the states between checkpoints computed anew."""
    _, parameters, X, C, S_init = data
    return lambda: checkpointed.gradients(parameters, X, C, S_init)


def truncated_chunks(data: Problem) -> Call:
    """Not the gradient, but that of chunks with a carried state."""
    _, parameters, X, C, S_init = data
    return lambda: truncated.gradients(parameters, X, C, S_init, steps=CHUNK)


WAYS = {
    "all_at_once": all_at_once,
    "states_kept": states_kept,
    "checkpoints": checkpoints,
    "truncated": truncated_chunks,
}
