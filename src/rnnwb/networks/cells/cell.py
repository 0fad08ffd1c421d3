"""What a network asks of a cell, whichever it is."""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol, Self

import numpy as np

State = Any
"""What a cell carries from one step to the next: an array (B, H), or a named tuple of such arrays."""


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
        """The same of the steps from start to stop, without a copy."""

    def state(self, steps: int | np.ndarray) -> State:
        """The state after so many steps, which may be another number for each sequence."""

    def restart(self, state: State) -> None:
        """Set the state that the steps start from."""


class Cell(Protocol):
    """Weights of a recurrent layer, a named tuple of arrays that knows how to run."""

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
        """Bias, shape (gates H,), or (B, gates H) with a row for each sequence."""

    def zero_state(self, B: int) -> State:
        """The state that a network starts from unless told otherwise."""

    def empty_trace(self, steps: int, B: int) -> Trace:
        """Room for so many steps."""

    def ready(self) -> Self:
        """The weights as `run` takes them, so that what is the same for all steps is computed once."""

    def run(self, X: np.ndarray, trace: Any) -> None:
        """Fill a trace from its first state, with the inputs X, shape (steps, B, D)."""

    def deltas(self, trace: Any, dS: np.ndarray, dstate: State, W_T: np.ndarray) -> Deltas:
        """Go back through a trace.

        Args:
            trace: what was remembered of the steps.
            dS: what each hidden state gets from its own step, shape (steps, B, H); it is overwritten.
            dstate: what the last state gets from later steps.
            W_T: W transposed and contiguous, which makes small products with it up to twice as fast.
        """

    def gradients(self, X: np.ndarray, trace: Any, deltas: Deltas) -> Self:
        """Gradients of the weights, in the place of the weights."""

    def _replace(self, **changes: np.ndarray) -> Self: ...

    def _asdict(self) -> dict[str, np.ndarray]: ...
