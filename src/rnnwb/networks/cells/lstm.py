r"""The LSTM with a forget gate, as in PyTorch, with one product for all gates.

The columns of U, W and b are those of the input gate, the forget gate, the candidate and the output gate, H of each,
in this order. The gates are $I_t = \sigma(X_t U^{\mathrm{i}} + S_{t-1} W^{\mathrm{i}} + b^{\mathrm{i}})$, and $F_t$ and
$O_t$ likewise, with candidate $G_t = \tanh(X_t U^{\mathrm{g}} + S_{t-1} W^{\mathrm{g}} + b^{\mathrm{g}})$. Then
$M_t = F_t \odot M_{t-1} + I_t \odot G_t$ and $S_t = O_t \odot \tanh(M_t)$, where $\odot$ multiplies entry by entry.
"""

from __future__ import annotations

from typing import NamedTuple, Self

import numpy as np

from rnnwb.networks.cells.cell import Deltas
from rnnwb.networks.cells.products import after, bias_gradient, blocks, rows
from rnnwb.networks.initialisers import Initialiser, layer_weights, orthogonal


class State(NamedTuple):
    """What an LSTM carries from one step to the next.

    Attributes:
        S: hidden states, shape (B, H).
        M: cell states, shape (B, H).
    """

    S: np.ndarray
    M: np.ndarray


class Trace(NamedTuple):
    """What an LSTM remembers of some steps, with the methods of `cell.Trace`.

    It is laid out so that each operation on a gate runs through adjacent numbers.

    Attributes:
        S: hidden states, shape (steps + 1, B, H); the first is the one that the steps start from.
        cells: I, F, O, G, the tanh of the cell states, and the cell states that the steps start from, one after the
            other, shape (steps + 1, 6, B, H); the last row has nothing but the cell states after the last step.
    """

    S: np.ndarray
    cells: np.ndarray

    @property
    def gates(self) -> np.ndarray:
        """I, F, O and G of all steps, shape (steps, 4, B, H)."""
        return self.cells[:-1, :4]

    @property
    def M(self) -> np.ndarray:
        """Cell states, shape (steps + 1, B, H); the first is the one that the steps start from."""
        return self.cells[:, 5]

    def part(self, start: int, stop: int) -> Self:
        """The same of the steps from start to stop, without a copy."""
        return type(self)(self.S[start : stop + 1], self.cells[start : stop + 1])

    def state(self, steps: int | np.ndarray) -> State:
        """The state after so many steps, which may be another number for each sequence."""
        return State(after(self.S, steps), after(self.M, steps))

    def restart(self, state: State) -> None:
        """Set the state that the steps start from."""
        self.S[0], self.M[0] = state


class LSTM(NamedTuple):
    """Weights of a layer of LSTM cells, with the methods of `Cell`.

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

        Args:
            D: size of the inputs.
            H: number of cells.
            seed: seed of the random numbers, or their generator.
            dtype: np.float64 or np.float32.
            recurrent: what each gate's part of W starts from, one of `rnnwb.networks.initialisers`.
            forget_bias: bias of the forget gates.

        >>> U, W, b = LSTM.initial(D=2, H=3, seed=0)
        >>> U.shape, W.shape, b.tolist()
        ((2, 12), (3, 12), [0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0])
        """
        random = np.random.default_rng(seed)
        U, W = layer_weights(random, D, H, 4, dtype, recurrent)
        return cls(U, W, np.repeat(np.array([0, forget_bias, 0, 0], dtype), H))

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
        H, dtype = len(self.W), self.W.dtype
        return Trace(np.empty((steps + 1, B, H), dtype), np.empty((steps + 1, 6, B, H), dtype))

    def ready(self) -> Self:
        r"""The weights as `run` takes them, with columns of I, F, O and G.

        $\sigma(x) = (1 + \tanh(x / 2)) / 2$, and the inner halves are put into the weights, so that one tanh serves all.
        """
        return type(self)(*(_for_one_tanh(array) for array in self))

    def run(self, X: np.ndarray, trace: Trace) -> None:
        """Fill a trace from its first state: one product for all inputs, then one with W for each step."""
        W, half, add, multiply, tanh = self.W, np.array(0.5, self.W.dtype), np.add, np.multiply, np.tanh
        A = rows(X).dot(self.U).reshape(*X.shape[:2], -1)
        A += self.b
        S_prev, M_prev, A_t = trace.S[0], trace.M[0], np.empty_like(A[0])
        A_by_gate, gain, gates = blocks(A_t, 4), np.empty_like(S_prev), trace.gates
        steps = zip(A, gates, gates[:, :3], *trace.cells[:-1, :5].swapaxes(0, 1), trace.M[1:], trace.S[1:])
        for inputs, gates_t, sigmas_t, I_t, F_t, O_t, G_t, squashed, M, S in steps:
            add(inputs, S_prev.dot(W, A_t), A_t)
            tanh(A_by_gate, gates_t)
            multiply(sigmas_t, half, sigmas_t)
            add(sigmas_t, half, sigmas_t)
            multiply(I_t, G_t, gain)
            multiply(F_t, M_prev, M)
            add(M, gain, M)
            tanh(M, squashed)
            multiply(O_t, squashed, S)
            S_prev, M_prev = S, M

    def deltas(self, trace: Trace, dS: np.ndarray, dstate: State, W_T: np.ndarray) -> Deltas:
        """Gradients with respect to the pre-activations: one product with W for each step."""
        slopes, through = self._slopes(trace)
        delta = np.empty((*dS.shape[:2], W_T.shape[0]), W_T.dtype)
        by_gate, add, multiply = blocks(delta, 4), np.add, np.multiply
        later, dM, part = dstate.S.copy(), dstate.M.copy(), np.empty_like(dstate.S)
        arrays = (dS, through, trace.gates[:, 1], slopes[:, :3], slopes[:, 3], delta, by_gate[:, :3], by_gate[:, 3])
        steps = zip(*(array[::-1] for array in arrays))
        for dS_t, through_t, F_t, to_cell, to_output, delta_t, of_cell, of_output in steps:
            add(dS_t, later, dS_t)
            multiply(dS_t, through_t, part)
            add(dM, part, dM)
            multiply(to_cell, dM, of_cell)
            multiply(to_output, dS_t, of_output)
            delta_t.dot(W_T, later)
            multiply(dM, F_t, dM)
        return Deltas(delta, delta, State(later, dM))

    def _slopes(self, trace: Trace) -> tuple[np.ndarray, np.ndarray]:
        """How M acts on the pre-activations of I, F and G, and S on that of O, shape (steps, 4, B, H); how M acts on S."""
        I_t, _, O_t, G_t, squashed, M_prev = trace.cells[:-1].swapaxes(0, 1)
        slopes = 1 - trace.gates
        slopes *= trace.gates
        slopes[:, 0] *= G_t
        slopes[:, 1] *= M_prev
        slopes[:, 3] = slopes[:, 2] * squashed
        slopes[:, 2] = (1 - G_t**2) * I_t
        return slopes, O_t * (1 - squashed**2)

    def gradients(self, X: np.ndarray, trace: Trace, deltas: Deltas) -> Self:
        """Gradients of the weights, in the place of the weights: one product for each."""
        delta = rows(deltas.inputs)
        dU, dW = rows(X).T.dot(delta), rows(trace.S[:-1]).T.dot(delta)
        return type(self)(dU, dW, bias_gradient(deltas.inputs, self.b))


def _for_one_tanh(columns: np.ndarray) -> np.ndarray:
    """Half of the columns of I, F and O, and those of G."""
    H = columns.shape[-1] // 4
    found = columns / 2
    found[..., 2 * H : 3 * H], found[..., 3 * H :] = found[..., 3 * H :].copy(), columns[..., 2 * H : 3 * H]
    return found
