r"""Output sequences: one input, and an output and a loss at every step.

The input $X$ enters the first step alone, or with `repeat` every step. With `feedback` every step but the first is also
given the output of the step before: the target in training (teacher forcing), the chosen class in `generate`. Then U
has $D + K$ rows, and the last K of them are for this output.

The network is that of `many_to_many` otherwise, and its parameters, or those of `rnnwb.networks.lstm` and
`rnnwb.networks.gru`, are taken. Targets are classes, shape (time, B), or points of the simplex, shape (time, B, K), as
there.
"""

from __future__ import annotations

import numpy as np

from rnnwb.networks import many_to_many
from rnnwb.networks.cells.cell import State
from rnnwb.networks.checks import require_axes, require_floats
from rnnwb.networks.generation import Choose, Generated, greedy, one_hot
from rnnwb.networks.generation import generate as generated
from rnnwb.networks.many_to_many import Parameters, initial_parameters
from rnnwb.networks.network import AnyOneLayer, Gradients, OneLayer, Outputs
from rnnwb.networks.parameters import named_arrays
from rnnwb.networks.teacher_forcing import previous_targets, require_target_sequences

__all__ = ["Parameters", "forward", "generate", "gradients", "initial_parameters", "loss"]


def forward(
    parameters: OneLayer,
    X: np.ndarray,
    C: np.ndarray,
    S_init: State | None = None,
    lengths: np.ndarray | None = None,
    repeat: bool = False,
    feedback: bool = False,
) -> Outputs:
    """Hidden states and logits of all steps.

    Args:
        parameters: of `many_to_many`, `lstm` or `gru`.
        X: one input for each sequence, shape (B, D).
        C: targets: classes, shape (time, B), or points of the simplex, shape (time, B, K). They tell how many steps
            there are, and what is fed back.
        S_init: initial state, zero unless given.
        lengths: number of steps of each sequence, shape (B,); all steps unless given.
        repeat: whether X enters every step.
        feedback: whether the target of the step before enters a step.

    Returns:
        S, shape (time, B, H); Y, shape (time, B, K); S_last, the state after the last step of each sequence.

    Raises:
        TypeError: if types disagree.
        ValueError: if shapes disagree, or a length or a class is out of range.

    >>> parameters = initial_parameters(D=2, H=3, K=4, seed=0)
    >>> forward(parameters, np.ones((1, 2)), np.zeros((5, 1), int)).Y.shape
    (5, 1, 4)
    """
    return many_to_many.forward(parameters, _sequence(parameters, X, C, lengths, repeat, feedback), S_init, lengths)


def loss(
    parameters: OneLayer,
    X: np.ndarray,
    C: np.ndarray,
    S_init: State | None = None,
    lengths: np.ndarray | None = None,
    repeat: bool = False,
    feedback: bool = False,
) -> float:
    """Sum of the cross-entropies of all steps of all sequences.

    Args:
        parameters: of `many_to_many`, `lstm` or `gru`.
        X: one input for each sequence, shape (B, D).
        C: targets: classes, shape (time, B), or points of the simplex, shape (time, B, K).
        S_init: initial state, zero unless given.
        lengths: number of steps of each sequence, shape (B,); all steps unless given.
        repeat: whether X enters every step.
        feedback: whether the target of the step before enters a step.

    Raises:
        TypeError: if types disagree.
        ValueError: if shapes disagree, or a length or a class is out of range.

    >>> parameters = initial_parameters(D=2, H=3, K=4, seed=0)
    >>> parameters = parameters._replace(V=np.zeros((3, 4)))
    >>> round(loss(parameters, np.ones((1, 2)), np.zeros((5, 1), int)), 4)
    6.9315
    """
    return many_to_many.loss(parameters, _sequence(parameters, X, C, lengths, repeat, feedback), C, S_init, lengths)


def gradients(
    parameters: AnyOneLayer,
    X: np.ndarray,
    C: np.ndarray,
    S_init: State | None = None,
    lengths: np.ndarray | None = None,
    inputs: bool = False,
    repeat: bool = False,
    feedback: bool = False,
) -> Gradients[AnyOneLayer]:
    """Loss of a batch and its gradients, by backpropagation through all steps.

    Args:
        parameters: of `many_to_many`, `lstm` or `gru`.
        X: one input for each sequence, shape (B, D).
        C: targets: classes, shape (time, B), or points of the simplex, shape (time, B, K).
        S_init: initial state, zero unless given.
        lengths: number of steps of each sequence, shape (B,); all steps unless given.
        inputs: whether gradients of the inputs are wanted.
        repeat: whether X enters every step.
        feedback: whether the target of the step before enters a step.

    Returns:
        loss, the sum over all steps; parameters, the gradients in the place of the parameters; S_init; X, shape
            (B, D), or None; S_last, the state after the last step of each sequence.

    Raises:
        TypeError: if types disagree.
        ValueError: if shapes disagree, or a length or a class is out of range.

    >>> parameters = initial_parameters(D=2 + 4, H=3, K=4, seed=0)
    >>> X, C = np.ones((1, 2)), np.zeros((5, 1), int)
    >>> found = gradients(parameters, X, C, inputs=True, feedback=True)
    >>> found.parameters.U.shape, found.X.shape
    ((6, 3), (1, 2))
    """
    entering = _sequence(parameters, X, C, lengths, repeat, feedback)
    found = many_to_many.gradients(parameters, entering, C, S_init, lengths, inputs)
    if found.X is None:
        return found
    dX = found.X[:, :, : X.shape[1]]
    return found._replace(X=dX.sum(axis=0) if repeat else dX[0])


def generate(
    parameters: OneLayer,
    X: np.ndarray,
    steps: int,
    S_init: State | None = None,
    choose: Choose = greedy,
    end: int | None = None,
    repeat: bool = False,
    feedback: bool = False,
) -> Generated:
    """Sequences that the network writes, given one input for each.

    Args:
        parameters: of `many_to_many`, `lstm` or `gru`.
        X: one input for each sequence, shape (B, D).
        steps: how many classes at most; at least 1.
        S_init: initial state, zero unless given.
        choose: `greedy`, or `sampled(seed)`, from `rnnwb.networks.generation`.
        end: the class that ends a sequence, if there is one.
        repeat: whether X enters every step.
        feedback: whether the class chosen at the step before enters a step.

    Returns:
        classes, shape (time, B), and lengths, shape (B,).

    Raises:
        TypeError: if types disagree.
        ValueError: if shapes disagree, or there is to be no step.

    >>> parameters = initial_parameters(D=2 + 4, H=3, K=4, seed=0)
    >>> found = generate(parameters, np.ones((1, 2)), steps=5, feedback=True)
    >>> found.classes.shape
    (5, 1)
    """
    _require_input(parameters, X, feedback)
    K = len(parameters.c)

    def step(state: State, previous: np.ndarray | None) -> tuple[State, np.ndarray]:
        given = X if repeat or previous is None else np.zeros_like(X)
        if feedback:
            before = one_hot(np.full(len(X), -1) if previous is None else previous, K, X.dtype)
            given = np.concatenate([given, before], axis=1)
        return many_to_many.step(parameters, given, state)

    return generated(step, S_init, steps, choose, end)


def _sequence(
    parameters: OneLayer, X: np.ndarray, C: np.ndarray, lengths: np.ndarray | None, repeat: bool, feedback: bool
) -> np.ndarray:
    """What enters each step, shape (time, B, D), or shape (time, B, D + K) with feedback.

    >>> parameters = initial_parameters(D=1 + 2, H=3, K=2, seed=0)
    >>> X, C = np.array([[7.0]]), np.array([[1], [0]])
    >>> _sequence(parameters, X, C, lengths=None, repeat=False, feedback=True).tolist()
    [[[7.0, 0.0, 0.0]], [[0.0, 0.0, 1.0]]]
    """
    _require_input(parameters, X, feedback)
    B, K = len(X), len(parameters.c)
    require_target_sequences(C, B, K, parameters.c.dtype, lengths)
    entering = np.zeros((len(C), *X.shape), X.dtype)
    entering[: len(C) if repeat else 1] = X
    return np.concatenate([entering, previous_targets(C, K, X.dtype)], axis=2) if feedback else entering


def _require_input(parameters: OneLayer, X: np.ndarray, feedback: bool) -> None:
    """Raise unless U has a row for everything that enters."""
    require_floats({**named_arrays(parameters), "X": X})
    require_axes(("X", X, "B D"))
    D, K, rows = X.shape[1], len(parameters.c), len(parameters.layer.U)
    if rows != D + K * feedback:
        needed = f"with feedback D + K = {D} + {K}" if feedback else f"without feedback D = {D}"
        raise ValueError(f"U has {rows} rows, but X has shape {X.shape}, which asks for {needed} rows")
