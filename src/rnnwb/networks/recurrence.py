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
    """Run a layer over all steps of a batch; what is needed to go back, as a whole and in pieces.

    Args:
        weights: the layer.
        batch: its inputs.
        state: the state that it starts from.

    Returns:
        The trace of all steps, and its pieces from the first to the last, which share its arrays.

    >>> from rnnwb.networks.cells.tanh import Tanh
    >>> layer = Tanh.initial(D=2, H=3, seed=0)
    >>> batch = Batch(np.ones((600, 1, 2)), lengths=None)
    >>> trace, pieces = run(layer, batch, layer.zero_state(B=1))
    >>> trace.S.shape, [(piece.start, piece.stop) for piece in pieces]
    ((601, 1, 3), [(0, 512), (512, 600)])
    """
    steps, B, _ = batch.X.shape
    trace = weights.empty_trace(steps, B)
    return trace, fill(weights.ready(), batch, trace, state, 0, steps)


def fill(ready: Cell, batch: Batch, trace: Trace, state: State, start: int, stop: int) -> list[Piece]:
    """Run a layer over the steps from start to stop into a trace; the pieces of the trace, from the first to the last.

    Args:
        ready: what `Cell.ready` of the layer returned.
        batch: its inputs.
        trace: of as many steps as there are from start to stop; it is overwritten.
        state: the state before step start.
        start: the first of the steps.
        stop: the one after the last.

    >>> from rnnwb.networks.cells.tanh import Tanh
    >>> layer = Tanh.initial(D=2, H=3, seed=0)
    >>> batch, state = Batch(np.ones((8, 128, 2)), None), layer.zero_state(B=128)
    >>> trace = layer.empty_trace(steps=5, B=128)
    >>> pieces = fill(layer.ready(), batch, trace, state, start=3, stop=8)
    >>> [(piece.start, piece.stop) for piece in pieces]
    [(3, 7), (7, 8)]
    """
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
    """Gradients of a layer, by going back through all of its steps.

    Args:
        weights: the layer.
        batch: its inputs.
        pieces: the trace, from the last piece to the first.
        hidden_gradients: takes first step, stop and hidden states, shape (steps, B, H), and returns what each
            of these states gets from its own step.
        inputs: whether gradients of the inputs are wanted.

    Where all weights are zero, a hidden state grows as fast as its bias, and the sum of those of five steps five times as
    fast:

    >>> from rnnwb.networks.cells.tanh import Tanh
    >>> layer = Tanh(np.zeros((2, 3)), np.zeros((3, 3)), np.zeros(3))
    >>> batch = Batch(np.ones((5, 1, 2)), lengths=None)
    >>> _, pieces = run(layer, batch, layer.zero_state(B=1))
    >>> of_sum = lambda start, stop, S: np.ones_like(S)
    >>> backward(layer, batch, reversed(pieces), of_sum).weights.b.tolist()
    [5.0, 5.0, 5.0]
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
    """Run a layer and hand out its trace piece by piece; a piece is overwritten by the next one.

    Args:
        weights: the layer.
        batch: its inputs.
        state: the state that it starts from.

    >>> from rnnwb.networks.cells.tanh import Tanh
    >>> layer = Tanh.initial(D=2, H=3, seed=0)
    >>> batch = Batch(np.ones((600, 1, 2)), lengths=None)
    >>> pieces = first_to_last(layer, batch, layer.zero_state(B=1))
    >>> [(start, stop, trace.S.shape) for start, stop, trace in pieces]
    [(0, 512, (513, 1, 3)), (512, 600, (89, 1, 3))]
    """
    parts, ready = batch.parts(), weights.ready()
    room = weights.empty_trace(parts[0][1], batch.X.shape[1])
    for start, stop in parts:
        trace = room.part(0, stop - start)
        trace.restart(state)
        ready.run(batch.inputs(start, stop), trace)
        yield Piece(start, stop, trace)
        state = trace.state(stop - start)
