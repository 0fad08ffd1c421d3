"""Sequences that a network writes itself, each step given what was chosen at the step before."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from rnnwb.networks.cells.cell import State

Choose = Callable[[np.ndarray], np.ndarray]
"""Takes logits, shape (B, K), and returns one class for each row, shape (B,)."""


class Generated(NamedTuple):
    """What a network has written.

    Attributes:
        classes: shape (time, B).
        lengths: number of classes up to the end class and with it, shape (B,); all of them where there is none.
    """

    classes: np.ndarray
    lengths: np.ndarray


def greedy(Y: np.ndarray) -> np.ndarray:
    """The most probable class of each row, shape (B,).

    Args:
        Y: logits, shape (B, K).

    >>> greedy(np.array([[0.0, 2.0, 1.0]])).tolist()
    [1]
    """
    return Y.argmax(axis=-1)


def sampled(seed: int | np.random.Generator, temperature: float = 1.0) -> Choose:
    """A choice at random with the probabilities of the softmax; a low temperature prefers probable classes.

    Args:
        seed: seed of the random numbers, or their generator.
        temperature: what the logits are divided by, greater than 0.

    Returns:
        A function of logits, shape (B, K), that returns one class for each row, shape (B,).

    Raises:
        ValueError: if the temperature is not greater than 0; for the most probable class use `greedy`.

    >>> choose = sampled(seed=0)
    >>> bool(abs(choose(np.log([[0.25, 0.75]] * 10000)).mean() - 0.75) < 0.01)
    True
    """
    if not temperature > 0:
        raise ValueError(f"temperature is {temperature}, but must be greater than 0; see greedy")
    random = np.random.default_rng(seed)

    def choose(Y: np.ndarray) -> np.ndarray:
        return (Y / temperature + random.gumbel(size=Y.shape)).argmax(axis=-1)

    return choose


def one_hot(classes: np.ndarray, K: int, dtype: type | np.dtype = np.float64) -> np.ndarray:
    r"""A row of K numbers for each class, 1 in its place and 0 elsewhere; zeros for $-1$, which is no class.

    Args:
        classes: integers in $-1, \dots, K - 1$, an array of any shape.
        K: number of classes.
        dtype: type of the result.

    Returns:
        The rows, with one axis more than the classes, of size K.

    Raises:
        ValueError: if a class is out of range.

    >>> one_hot(np.array([2, -1]), 3).tolist()
    [[0.0, 0.0, 1.0], [0.0, 0.0, 0.0]]
    """
    classes = np.asarray(classes)
    if classes.size and not -1 <= classes.min() <= classes.max() < K:
        raise ValueError(f"classes lie in {classes.min()} … {classes.max()}, but must lie in -1 … {K - 1}")
    return (classes[..., None] == np.arange(K)).astype(dtype)


def generate(
    step: Callable[[State, np.ndarray | None], tuple[State, np.ndarray]],
    state: State,
    steps: int,
    choose: Choose = greedy,
    end: int | None = None,
) -> Generated:
    """Choose a class, give it to the next step, and so on: a network that can tell the next letter writes by itself.

    Args:
        step: takes a state and the classes chosen before, shape (B,), None at first; returns the next state and
            logits, shape (B, K).
        state: what the first step is given.
        steps: how many classes at most; at least 1.
        choose: `greedy`, or `sampled(seed)`.
        end: the class that ends a sequence, if there is one.

    Returns:
        classes, shape (time, B), and lengths, shape (B,).

    Raises:
        ValueError: if there is to be no step.

    >>> from rnnwb.networks import many_to_many
    >>> parameters = many_to_many.initial_parameters(D=5, H=8, K=5, seed=0)
    >>> def step(state, previous):
    ...     letters = np.array([2]) if previous is None else previous
    ...     return many_to_many.step(parameters, one_hot(letters, 5), state)
    >>> generate(step, None, steps=4, choose=sampled(seed=0)).classes.shape
    (4, 1)
    """
    if steps < 1:
        raise ValueError(f"steps is {steps}, but at least one class is chosen")
    chosen: list[np.ndarray] = []
    previous, ended = None, np.False_
    while len(chosen) < steps and not np.all(ended):
        state, Y = step(state, previous)
        previous = choose(Y)
        chosen.append(previous)
        ended = ended | (previous == end)
    return _cut(np.array(chosen), end)


def _cut(classes: np.ndarray, end: int | None) -> Generated:
    """Classes with the lengths of the sequences."""
    ends = classes == end
    lengths = np.where(ends.any(axis=0), ends.argmax(axis=0) + 1, len(classes))
    return Generated(classes, lengths)
