r"""The LSTM with a forget gate, as in PyTorch, with one product for all gates.

The columns of U, W and b are those of the input gate, the forget gate, the candidate and the output gate, H of each,
in this order: $I, F, O = \sigma(\dots)$, $G = \tanh(\dots)$, $M_t = F M_{t-1} + I G$, $S_t = O \tanh(M_t)$.
"""

from __future__ import annotations

from typing import NamedTuple, Self

import numpy as np

from rnnwb.networks.cells.cell import Deltas
from rnnwb.networks.cells.products import after, bias_gradient, rows
from rnnwb.networks.initialisers import Initialiser, orthogonal, scaled_normal


class State(NamedTuple):
    """What an LSTM carries: hidden states S and cell states M, shape (B, H) each."""

    S: np.ndarray
    M: np.ndarray


class Trace(NamedTuple):
    """What an LSTM remembers of some steps.

    Attributes:
        S: hidden states, shape (steps + 1, B, H), after the one that the steps start from.
        M: cell states, shape (steps + 1, B, H), after the one that the steps start from.
        gates: I, F, G and O side by side, shape (steps, B, 4 H).
        squashed: tanh of the cell states, shape (steps, B, H).
    """

    S: np.ndarray
    M: np.ndarray
    gates: np.ndarray
    squashed: np.ndarray

    def part(self, start: int, stop: int) -> Self:
        """The same of the steps from start to stop, without a copy."""
        S, M = self.S[start : stop + 1], self.M[start : stop + 1]
        return type(self)(S, M, self.gates[start:stop], self.squashed[start:stop])

    def state(self, steps: int | np.ndarray) -> State:
        """The state after so many steps, which may be another number for each sequence."""
        return State(after(self.S, steps), after(self.M, steps))

    def restart(self, state: State) -> None:
        """Set the state that the steps start from."""
        self.S[0], self.M[0] = state


class LSTM(NamedTuple):
    """Weights of a layer of LSTM cells.

    Attributes:
        U: input weights, shape (D, 4 H).
        W: recurrent weights, shape (H, 4 H).
        b: bias of the pre-activations, shape (4 H,).
    """

    U: np.ndarray
    W: np.ndarray
    b: np.ndarray

    @classmethod
    def initial(
        cls,
        D: int,
        H: int,
        seed: int | np.random.Generator,
        dtype: type = np.float64,
        recurrent: Initialiser = orthogonal,
        forget_bias: float = 1.0,
    ) -> Self:
        """Random weights; the bias is zero but for the forget gates, which start open.

        >>> U, W, b = LSTM.initial(D=2, H=3, seed=0)
        >>> U.shape, W.shape, b.tolist()
        ((2, 12), (3, 12), [0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0])
        """
        random = np.random.default_rng(seed)
        U = scaled_normal(random, D, 4 * H)
        W = np.hstack([recurrent(random, H, H) for _ in range(4)])
        b = np.repeat([0, forget_bias, 0, 0], H)
        return cls(U.astype(dtype), W.astype(dtype), b.astype(dtype))

    @property
    def gates(self) -> int:
        """How many blocks of H columns stand side by side in U and W."""
        return 4

    def zero_state(self, B: int) -> State:
        """The state that a network starts from unless told otherwise."""
        shape = (B, len(self.W))
        return State(np.zeros(shape, self.W.dtype), np.zeros(shape, self.W.dtype))

    def empty_trace(self, steps: int, B: int) -> Trace:
        """Room for so many steps."""
        H = len(self.W)
        sizes = (steps + 1, H), (steps + 1, H), (steps, 4 * H), (steps, H)
        return Trace(*(np.empty((length, B, size), self.W.dtype) for length, size in sizes))

    def ready(self) -> Self:
        """The weights as `run` takes them: sigma(x) = (1 + tanh(x / 2)) / 2, and the inner halves are put into the weights.

        So one tanh serves the gates and the candidate.
        """
        return type(self)(*(array * self._scale() for array in self))

    def _scale(self) -> np.ndarray:
        """One half for the columns of gates, 1 for those of the candidate."""
        return np.repeat(np.array([0.5, 0.5, 1, 0.5], self.W.dtype), len(self.W))

    def run(self, X: np.ndarray, trace: Trace) -> None:
        """Fill a trace from its first state: one product for all inputs, then one with W for each step."""
        scale = np.tile(self._scale(), (X.shape[1], 1))
        shift = 1 - scale
        rows(X).dot(self.U, rows(trace.gates))
        trace.gates[:] += self.b
        S_prev, M_prev = trace.S[0], trace.M[0]
        product, gain = np.empty_like(trace.gates[0]), np.empty_like(S_prev)
        steps = zip(trace.gates, *_blocks(trace.gates), trace.S[1:], trace.M[1:], trace.squashed)
        for gates, I_t, F_t, G_t, O_t, S, M, squashed in steps:
            S_prev.dot(self.W, product)
            np.add(gates, product, gates)
            np.tanh(gates, gates)
            np.multiply(gates, scale, gates)
            np.add(gates, shift, gates)
            np.multiply(F_t, M_prev, M)
            np.multiply(I_t, G_t, gain)
            np.add(M, gain, M)
            np.tanh(M, squashed)
            np.multiply(O_t, squashed, S)
            S_prev, M_prev = S, M

    def deltas(self, trace: Trace, dS: np.ndarray, dstate: State, W_T: np.ndarray) -> Deltas:
        """Gradients with respect to the pre-activations: one product with W for each step; dS is overwritten."""
        slopes, through = self._slopes(trace)
        delta, cells, outputs = slopes, slopes[:, :, :3], slopes[:, :, 3]
        later, dM = dstate.S.copy(), dstate.M.copy()
        part, flat = np.empty_like(later), delta.reshape(trace.gates.shape)
        steps = (a[::-1] for a in (dS, through, _blocks(trace.gates)[1], flat, cells, outputs))
        for dS_t, through_t, F_t, delta_t, cells_t, output_t in zip(*steps):
            np.add(dS_t, later, dS_t)
            np.multiply(dS_t, through_t, part)
            np.add(dM, part, dM)
            np.multiply(cells_t, dM[:, None], cells_t)
            np.multiply(output_t, dS_t, output_t)
            delta_t.dot(W_T, later)
            np.multiply(dM, F_t, dM)
        return Deltas(flat, flat, State(later, dM))

    def _slopes(self, trace: Trace) -> tuple[np.ndarray, np.ndarray]:
        """How M acts on the pre-activations of I, F and G, and S on that of O, shape (steps, B, 4, H); how M acts on S."""
        I_t, F_t, G_t, O_t = _blocks(trace.gates)
        M_prev, squashed = trace.M[:-1], trace.squashed
        slopes = np.empty((*trace.gates.shape[:2], 4, len(self.W)), self.W.dtype)
        np.multiply(G_t * I_t, 1 - I_t, slopes[:, :, 0])
        np.multiply(M_prev * F_t, 1 - F_t, slopes[:, :, 1])
        np.multiply(I_t, 1 - G_t**2, slopes[:, :, 2])
        np.multiply(squashed * O_t, 1 - O_t, slopes[:, :, 3])
        return slopes, O_t * (1 - squashed**2)

    def gradients(self, X: np.ndarray, trace: Trace, deltas: Deltas) -> Self:
        """Gradients of the weights, in the place of the weights: one product for each."""
        delta = rows(deltas.inputs)
        dU, dW = rows(X).T.dot(delta), rows(trace.S[:-1]).T.dot(delta)
        return type(self)(dU, dW, bias_gradient(deltas.inputs, self.b))


def _blocks(gates: np.ndarray) -> list[np.ndarray]:
    """I, F, G and O, shape (steps, B, H) each, without a copy."""
    return np.split(gates, 4, axis=-1)
