"""The decoder one step at a time: what greedy search, sampling and beam search are made of."""

from __future__ import annotations

import numpy as np

from rnnwb.networks.batch import Batch
from rnnwb.networks.cells.cell import State
from rnnwb.networks.checks import require_axes
from rnnwb.networks.encoder_decoder_layers import Parameters, context_of, read, with_context
from rnnwb.networks.generation import Choose, Generated, greedy, one_hot
from rnnwb.networks.generation import generate as generated
from rnnwb.networks.network import checked_state
from rnnwb.networks.output import OutputLayer
from rnnwb.networks.recurrence import run


def encode(
    parameters: Parameters, X: np.ndarray, lengths: np.ndarray | None = None, S_e_init: State | None = None
) -> np.ndarray:
    """Contexts: the encoder's hidden state after the last step of each sequence, shape (B, H).

    Args:
        parameters: of `encoder_decoder`.
        X: inputs, shape (time_e, B, D).
        lengths: number of inputs of each sequence, shape (B,); all unless given.
        S_e_init: initial state of the encoder, zero unless given.

    Raises:
        TypeError: if types disagree.
        ValueError: if shapes disagree, or a length is out of range.

    >>> from rnnwb.networks.encoder_decoder import initial_parameters
    >>> parameters = initial_parameters(D=2, H=3, K=4, seed=0)
    >>> encode(parameters, np.ones((5, 2, 2)), np.array([5, 3])).shape
    (2, 3)
    """
    batch, trace, _ = read(parameters, X, lengths, S_e_init)
    return context_of(batch, trace)


def decoder_step(
    parameters: Parameters, context: np.ndarray, previous: np.ndarray | None = None, S_prev: State | None = None
) -> tuple[State, np.ndarray]:
    """State and logits after one step of the decoder: all that greedy search, sampling and beam search need.

    Args:
        parameters: of `encoder_decoder`.
        context: from `encode`, shape (B, H).
        previous: classes of the step before, shape (B,); None at the first step.
        S_prev: state of the decoder before the step, zero unless given.

    Returns:
        The state after the step, and the logits, shape (B, K).

    Raises:
        TypeError: if S_prev is not the kind of state that the decoder carries, or has another type than the parameters.
        ValueError: if shapes disagree, or a class is out of range.

    >>> from rnnwb.networks.encoder_decoder import initial_parameters
    >>> parameters = initial_parameters(D=2, H=3, K=4, seed=0)
    >>> context = np.zeros((2, 3))
    >>> state, Y = decoder_step(parameters, context)
    >>> state, Y = decoder_step(parameters, context, Y.argmax(axis=1), state)
    >>> Y.shape
    (2, 4)
    """
    require_axes(("context", context, "B H"), ("G", parameters.G, "H columns"))
    B, K = len(context), len(parameters.c)
    state = parameters.decoder.zero_state(B) if S_prev is None else checked_state(parameters.decoder, S_prev, B)
    X = one_hot(np.full(B, -1) if previous is None else previous, K, context.dtype)
    require_axes(("context", context, "B H"), ("previous", X, "B K"))
    trace, _ = run(with_context(parameters, context), Batch(X[None], None), state)
    return trace.state(1), OutputLayer(parameters.V, parameters.c).logits(trace.S[1])


def generate(
    parameters: Parameters,
    X: np.ndarray,
    steps: int,
    lengths: np.ndarray | None = None,
    choose: Choose = greedy,
    end: int | None = None,
) -> Generated:
    """Output sequences that the decoder writes, each class given to the next step.

    Args:
        parameters: of `encoder_decoder`.
        X: inputs of the encoder, shape (time_e, B, D).
        steps: how many classes at most; at least 1.
        lengths: number of inputs of each sequence, shape (B,); all unless given.
        choose: `greedy`, or `sampled(seed)`, from `rnnwb.networks.generation`.
        end: the class that ends a sequence, if there is one.

    Returns:
        classes, shape (time, B), and lengths, shape (B,).

    Raises:
        TypeError: if types disagree.
        ValueError: if shapes disagree, a length is out of range, or there is to be no step.

    >>> from rnnwb.networks.encoder_decoder import initial_parameters
    >>> parameters = initial_parameters(D=2, H=3, K=4, seed=0)
    >>> generate(parameters, np.ones((5, 1, 2)), steps=3).classes.shape
    (3, 1)
    """
    context = encode(parameters, X, lengths)

    def step(state: State, previous: np.ndarray | None) -> tuple[State, np.ndarray]:
        return decoder_step(parameters, context, previous, state)

    return generated(step, None, steps, choose, end)
