"""What a network asks of a cell, whichever it is."""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol, Self

import numpy as np

State = Any
"""What a cell carries from one step to the next: an array, shape (B, H), or a named tuple of such arrays."""


class Deltas(NamedTuple):
    """Gradients with respect to what enters the cell at each of some steps.

    Attributes:
        inputs: for the input products, shape (steps, B, gates H).
        recurrent: for the recurrent products, shape (steps, B, gates H).
        state: for the state that the first of the steps starts from.
    """

    inputs: np.ndarray
    recurrent: np.ndarray
    state: State


class Trace(Protocol):
    """What a cell remembers of some steps, so that it can go back through them."""

    @property
    def S(self) -> np.ndarray:
        """Hidden states, shape (steps + 1, B, H); the first is the one that the steps start from."""

    def part(self, start: int, stop: int) -> Self:
        """The same of the steps from start to stop, without a copy.

        Args:
            start: the first of the steps, counted from that of this trace.
            stop: the one after the last.

        Returns:
            A trace of these steps. What is written into it stands in this one too.
        """

    def state(self, steps: int | np.ndarray) -> State:
        """The state after so many steps, which may be another number for each sequence.

        Args:
            steps: one number for all sequences, or shape (B,); 0 for the state that the steps start from.

        Returns:
            A copy, which stays what it is when the trace is filled again.
        """

    def restart(self, state: State) -> None:
        """Set the state that the steps start from.

        Args:
            state: it is copied into the trace.
        """


class Cell(Protocol):
    """Weights of a recurrent layer, a named tuple of arrays that knows how to run.

    A network finds its cell in `OneLayer.layer`. It takes an `empty_trace` for all steps, sets its first state with
    `restart`, and calls `run` of what `ready` returned for one `part` of the trace after the other. Then it goes through
    the parts from the last to the first, and calls `deltas` and `gradients` of the weights themselves. So does this
    example, with one part:

    >>> from rnnwb.networks.cells.tanh import Tanh
    >>> cell, X = Tanh.initial(D=2, H=3, seed=0), np.ones((5, 1, 2))
    >>> zero, W_T = cell.zero_state(B=1), np.ascontiguousarray(cell.W.T)
    >>> trace = cell.empty_trace(steps=5, B=1)
    >>> trace.restart(zero)
    >>> cell.ready().run(X, trace)
    >>> deltas = cell.deltas(trace, np.ones((5, 1, 3)), zero, W_T)
    >>> cell.gradients(X, trace, deltas).U.shape, deltas.state.shape
    ((2, 3), (1, 3))
    """

    @property
    def gates(self) -> int:
        """How many blocks of H columns stand side by side in U and W."""

    @property
    def U(self) -> np.ndarray:
        """Input weights, shape (D, gates H)."""

    @property
    def W(self) -> np.ndarray:
        """Recurrent weights, shape (H, gates H)."""

    @property
    def b(self) -> np.ndarray:
        """Bias, shape (gates H,), or shape (B, gates H) with a row for each sequence."""

    def zero_state(self, B: int) -> State:
        """The state that a network starts from unless told otherwise.

        Args:
            B: number of sequences.

        Returns:
            Zeros of the type of the weights. They are also where going back starts, since no later step needs the last state.
        """

    def empty_trace(self, steps: int, B: int) -> Trace:
        """Room for so many steps.

        Args:
            steps: number of steps.
            B: number of sequences.

        Returns:
            A trace whose arrays hold nothing yet, of the type of the weights.
        """

    def ready(self) -> Self:
        """The weights as `run` takes them, so that what is the same for all steps is computed once.

        Returns:
            What a network calls `run` of. It need serve for nothing else, and may be the cell itself.
        """

    def run(self, X: np.ndarray, trace: Any) -> None:
        """Fill a trace from its first state.

        Args:
            X: inputs, shape (steps, B, D).
            trace: of as many steps, whose first state is set; the states of all steps are written into it, and what
                `deltas` needs.
        """

    def deltas(self, trace: Any, dS: np.ndarray, dstate: State, W_T: np.ndarray) -> Deltas:
        """Gradients with respect to what enters the cell at each step.

        Args:
            trace: what was remembered of the steps.
            dS: gradient that each hidden state gets from its own step, shape (steps, B, H); it is overwritten.
            dstate: gradient that the last state gets from later steps; it is left as it is.
            W_T: W transposed and contiguous, shape (gates H, H), which makes small products with it up to twice as fast.

        Returns:
            These gradients, and that of the state that the steps start from.
        """

    def gradients(self, X: np.ndarray, trace: Any, deltas: Deltas) -> Self:
        """Gradients of the weights, in the place of the weights.

        Args:
            X: inputs, shape (steps, B, D).
            trace: what was remembered of the steps.
            deltas: what `deltas` found for them.
        """

    def _replace(self, **changes: np.ndarray) -> Self: ...

    def _asdict(self) -> dict[str, np.ndarray]: ...
