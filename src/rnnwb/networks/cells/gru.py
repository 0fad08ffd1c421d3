r"""The GRU that resets after the product, as in PyTorch, with one product for all gates.

The columns of U, W and b are those of the reset gate, the update gate and the candidate, H of each, in this order.
The gates are $R_t = \sigma(X_t U^{\mathrm{r}} + S_{t-1} W^{\mathrm{r}} + b^{\mathrm{r}})$, and $Z_t$ likewise. With
$Q_t = S_{t-1} W^{\mathrm{n}} + \beta$ the candidate is
$N_t = \tanh(X_t U^{\mathrm{n}} + b^{\mathrm{n}} + R_t \odot Q_t)$, and
$S_t = Z_t \odot S_{t-1} + (1 - Z_t) \odot N_t$, where $\odot$ multiplies entry by entry.
"""

from __future__ import annotations

from typing import NamedTuple, Self

import numpy as np

from rnnwb.networks.cells.cell import Deltas
from rnnwb.networks.cells.products import after, bias_gradient, blocks, rows, sum_of_rows
from rnnwb.networks.initialisers import Initialiser, layer_weights, orthogonal


class Trace(NamedTuple):
    """What a GRU remembers of some steps, with the methods of `cell.Trace`.

    It is laid out so that each operation on a gate runs through adjacent numbers.

    Attributes:
        S: hidden states, shape (steps + 1, B, H); the first is the one that the steps start from.
        cells: R, Z, N and Q one after the other, shape (steps, 4, B, H); Q is what the candidate N receives from the
            state before.
    """

    S: np.ndarray
    cells: np.ndarray

    def part(self, start: int, stop: int) -> Self:
        """The same of the steps from start to stop, without a copy."""
        return type(self)(self.S[start : stop + 1], self.cells[start:stop])

    def state(self, steps: int | np.ndarray) -> np.ndarray:
        """The state after so many steps, which may be another number for each sequence."""
        return after(self.S, steps)

    def restart(self, state: np.ndarray) -> None:
        """Set the state that the steps start from."""
        self.S[0] = state


class GRU(NamedTuple):
    """Weights of a layer of GRU cells, with the methods of `Cell`.

    Attributes:
        U: input weights, shape (D, 3 H).
        W: recurrent weights, shape (H, 3 H).
        b: bias of the pre-activations, shape (3 H,).
        beta: bias inside the product with the reset gate, shape (H,).
    """

    U: np.ndarray
    W: np.ndarray
    b: np.ndarray
    beta: np.ndarray

    @classmethod
    def initial(
        cls,
        D: int,
        H: int,
        seed: int | np.random.Generator,
        dtype: type = np.float64,
        recurrent: Initialiser = orthogonal,
    ) -> Self:
        """Random weights; both biases are zero.

        Args:
            D: size of the inputs.
            H: number of cells.
            seed: seed of the random numbers, or their generator.
            dtype: np.float64 or np.float32.
            recurrent: what each gate's part of W starts from, one of `rnnwb.networks.initialisers`.

        >>> [array.shape for array in GRU.initial(D=2, H=3, seed=0)]
        [(2, 9), (3, 9), (9,), (3,)]
        """
        random = np.random.default_rng(seed)
        U, W = layer_weights(random, D, H, 3, dtype, recurrent)
        return cls(U, W, np.zeros(3 * H, dtype), np.zeros(H, dtype))

    @property
    def gates(self) -> int:
        """How many blocks of H columns stand side by side in U and W."""
        return 3

    def zero_state(self, B: int) -> np.ndarray:
        """The state that a network starts from unless told otherwise."""
        return np.zeros((B, len(self.W)), self.W.dtype)

    def empty_trace(self, steps: int, B: int) -> Trace:
        """Room for so many steps."""
        H, dtype = len(self.W), self.W.dtype
        return Trace(np.empty((steps + 1, B, H), dtype), np.empty((steps, 4, B, H), dtype))

    def ready(self) -> Self:
        r"""The weights as `run` takes them.

        $\sigma(x) = (1 + \tanh(x / 2)) / 2$, and the inner halves are put into the weights.
        """
        scale = np.repeat(np.array([0.5, 0.5, 1], self.W.dtype), len(self.W))
        return type(self)(self.U * scale, self.W * scale, self.b * scale, self.beta)

    def run(self, X: np.ndarray, trace: Trace) -> None:
        """Fill a trace from its first state: one product for all inputs, then one with W for each step."""
        W, beta, half, add, multiply = self.W, self.beta[None], np.array(0.5, self.W.dtype), np.add, np.multiply
        A = rows(X).dot(self.U).reshape(*X.shape[:2], -1)
        A += self.b
        S_prev, product, inputs, cells = trace.S[0], np.empty_like(A[0]), blocks(A, 3), trace.cells
        to_sigmas, to_candidate = blocks(product, 3)[:2], blocks(product, 3)[2]
        steps = zip(inputs[:, :2], inputs[:, 2], cells[:, :2], *cells.swapaxes(0, 1), trace.S[1:])
        for sigma_inputs, N_input, sigmas, R_t, Z_t, N_t, Q_t, S in steps:
            S_prev.dot(W, product)
            add(sigma_inputs, to_sigmas, sigmas)
            np.tanh(sigmas, sigmas)
            multiply(sigmas, half, sigmas)
            add(sigmas, half, sigmas)
            add(to_candidate, beta, Q_t)
            multiply(R_t, Q_t, N_t)
            add(N_t, N_input, N_t)
            np.tanh(N_t, N_t)
            np.subtract(S_prev, N_t, S)
            multiply(S, Z_t, S)
            S_prev = add(S, N_t, S)

    def deltas(self, trace: Trace, dS: np.ndarray, dstate: np.ndarray, W_T: np.ndarray) -> Deltas:
        """Gradients with respect to what enters the cell: one product with W for each step."""
        slopes, to_candidate = self._slopes(trace)
        recurrent = np.empty((*dS.shape[:2], len(W_T)), W_T.dtype)
        later, kept, add, multiply = dstate.copy(), np.empty_like(dstate), np.add, np.multiply
        steps = (array[::-1] for array in (dS, trace.cells[:, 1], slopes, recurrent, blocks(recurrent, 3)))
        for dS_t, Z_t, slopes_t, recurrent_t, by_gate in zip(*steps):
            add(dS_t, later, dS_t)
            multiply(slopes_t, dS_t, by_gate)
            recurrent_t.dot(W_T, later)
            multiply(dS_t, Z_t, kept)
            add(later, kept, later)
        inputs = np.concatenate([recurrent[:, :, : 2 * len(self.W)], dS * to_candidate], axis=-1)
        return Deltas(inputs, recurrent, later)

    def _slopes(self, trace: Trace) -> tuple[np.ndarray, np.ndarray]:
        """How the pre-activations of R and Z and how Q act on S, shape (steps, 3, B, H); how that of N acts on S."""
        R_t, Z_t, N_t, Q_t = trace.cells.swapaxes(0, 1)
        slopes = np.empty((len(trace.cells), 3, *R_t.shape[1:]), self.W.dtype)
        to_candidate = (1 - Z_t) * (1 - N_t**2)
        np.multiply(to_candidate, R_t, slopes[:, 2])
        np.multiply(slopes[:, 2] * Q_t, 1 - R_t, slopes[:, 0])
        np.multiply((trace.S[:-1] - N_t) * Z_t, 1 - Z_t, slopes[:, 1])
        return slopes, to_candidate

    def gradients(self, X: np.ndarray, trace: Trace, deltas: Deltas) -> Self:
        """Gradients of the weights, in the place of the weights: one product for each."""
        recurrent = rows(deltas.recurrent)
        dU, dW = rows(X).T.dot(rows(deltas.inputs)), rows(trace.S[:-1]).T.dot(recurrent)
        dbeta = sum_of_rows(recurrent[:, 2 * len(self.W) :])
        return type(self)(dU, dW, bias_gradient(deltas.inputs, self.b), dbeta)
