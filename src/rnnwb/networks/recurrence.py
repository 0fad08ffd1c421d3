"""A recurrent layer over all steps, forward and back: any cell, a piece of the steps at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np

from rnnwb.networks.batch import Batch
from rnnwb.networks.cells.cell import Cell, State, Trace
from rnnwb.networks.cells.products import rows
from rnnwb.networks.parameters import add_to


class Piece(NamedTuple):
    """What a cell remembers of some steps.

    Attributes:
        start: the first of the steps.
        stop: the one after the last.
        trace: what the cell remembers of them.
    """

    start: int
    stop: int
    trace: Trace


class LayerGradients(NamedTuple):
    """Gradients of a layer.

    Attributes:
        weights: gradients in the place of the weights.
        state: gradient of the state that the layer started from.
        X: gradient of the inputs, shape (time, B, D), None unless asked for.
    """

    weights: Cell
    state: State
    X: np.ndarray | None


def run(weights: Cell, batch: Batch, state: State) -> tuple[Trace, list[Piece]]:
    """Run a layer over all steps of a batch; what is needed to go back, as a whole and in pieces."""
    steps, B, _ = batch.X.shape
    trace = weights.empty_trace(steps, B)
    return trace, fill(weights.ready(), batch, trace, state, 0, steps)


def fill(ready: Cell, batch: Batch, trace: Trace, state: State, start: int, stop: int) -> list[Piece]:
    """Run a layer over the steps from start to stop into a trace; the pieces of the trace."""
    trace.restart(state)
    pieces = [Piece(first, end, trace.part(first - start, end - start)) for first, end in batch.parts(start, stop)]
    for first, end, part in pieces:
        ready.run(batch.inputs(first, end), part)
    return pieces


def backward(
    weights: Cell,
    batch: Batch,
    pieces: Iterable[Piece],
    hidden_gradients: Callable[[int, int, np.ndarray], np.ndarray],
    inputs: bool = False,
) -> LayerGradients:
    """Go back through a layer.

    Args:
        weights: the layer.
        batch: its inputs.
        pieces: the trace, from the last piece to the first.
        hidden_gradients: takes first step, stop and hidden states (steps, B, H), and returns what each
            of these states gets from its own step.
        inputs: whether gradients of the inputs are wanted.
    """
    total: Any = None
    W_T = np.ascontiguousarray(weights.W.T)
    state = weights.zero_state(batch.X.shape[1])
    dX = np.empty_like(batch.X) if inputs else None
    for start, stop, trace in pieces:
        deltas = weights.deltas(trace, hidden_gradients(start, stop, trace.S[1:]), state, W_T)
        state = deltas.state
        found = weights.gradients(batch.inputs(start, stop), trace, deltas)
        total = add_to(total, found)
        if dX is not None:
            rows(deltas.inputs).dot(weights.U.T, rows(dX[start:stop]))
    return LayerGradients(total, state, dX)


def first_to_last(weights: Cell, batch: Batch, state: State) -> Iterator[Piece]:
    """Run a layer and hand out its trace piece by piece; a piece is overwritten by the next one."""
    parts, ready = batch.parts(), weights.ready()
    room = weights.empty_trace(parts[0][1], batch.X.shape[1])
    for start, stop in parts:
        trace = room.part(0, stop - start)
        trace.restart(state)
        ready.run(batch.inputs(start, stop), trace)
        yield Piece(start, stop, trace)
        state = trace.state(stop - start)
