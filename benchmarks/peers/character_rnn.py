"""NumPy in the style of min-char-rnn: columns, everything inside the loop, one sequence of the batch after the other."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.cases import Problem
from benchmarks.program import Answer, Program

TITLE = "NumPy, min-char-rnn style"
CELLS = ("tanh",)
CLOCK = "cpu"


def program(problem: Problem) -> Program:
    """The loop over the steps, inside a loop over the sequences: the program is written for a single one."""
    _, p, X, C, S_init = problem
    weights = [np.ascontiguousarray(a) for a in (p.U.T, p.W.T, p.V.T, p.b[:, None], p.c[:, None])]
    sequences = [([x[:, None] for x in X[:, b]], C[:, b].tolist(), S_init[b][:, None]) for b in range(X.shape[1])]

    def call() -> tuple[float, list[np.ndarray]]:
        found = [loss_and_gradients(*sequence, *weights) for sequence in sequences]
        losses, gradients = zip(*found)
        return sum(losses), [sum(parts) for parts in zip(*gradients)]

    def logits() -> np.ndarray:
        outputs = [forward(xs, h, *weights)[1] for xs, _, h in sequences]
        return np.array(outputs)[..., 0].swapaxes(0, 1)

    return Program(call, lambda found: answer(*found), logits)


def answer(loss: float, gradients: list[np.ndarray]) -> Answer:
    """The gradients with our names and shapes."""
    dWxh, dWhh, dWhy, dbh, dby = gradients
    return Answer(float(loss), {"U": dWxh.T, "W": dWhh.T, "V": dWhy.T, "b": dbh[:, 0], "c": dby[:, 0]})


def forward(xs: Any, h: Any, Wxh: Any, Whh: Any, Why: Any, bh: Any, by: Any) -> tuple[Any, Any, Any]:
    """Hidden states, from the initial one on, logits and probabilities, a list of columns each."""
    hs, ys, ps = [h], [], []
    for x in xs:
        hs.append(np.tanh(np.dot(Wxh, x) + np.dot(Whh, hs[-1]) + bh))
        ys.append(np.dot(Why, hs[-1]) + by)
        exponentials = np.exp(ys[-1] - np.max(ys[-1]))
        ps.append(exponentials / np.sum(exponentials))
    return hs, ys, ps


def loss_and_gradients(xs: Any, targets: Any, h: Any, *weights: Any) -> tuple[Any, list[Any]]:
    """Loss of all steps, and what each step adds to the gradients, from the last step to the first."""
    _, Whh, Why, _, _ = weights
    hs, _, ps = forward(xs, h, *weights)
    dWxh, dWhh, dWhy, dbh, dby = gradients = [np.zeros_like(a) for a in weights]
    loss, dh_next = 0.0, np.zeros_like(h)
    for t in reversed(range(len(xs))):
        loss -= np.log(ps[t][targets[t], 0])
        dy = ps[t].copy()
        dy[targets[t]] -= 1
        dWhy += np.dot(dy, hs[t + 1].T)
        dby += dy
        draw = (1 - hs[t + 1] * hs[t + 1]) * (np.dot(Why.T, dy) + dh_next)
        dbh += draw
        dWxh += np.dot(draw, xs[t].T)
        dWhh += np.dot(draw, hs[t].T)
        dh_next = np.dot(Whh.T, draw)
    return loss, gradients
