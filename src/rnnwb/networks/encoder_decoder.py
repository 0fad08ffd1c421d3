r"""Unsynchronised input and output sequences: an encoder reads, then a decoder writes.

The hidden state of the encoder after its last step is the context. It enters every step of the decoder through the
matrix $G$, together with the output of the step before: the target in training (teacher forcing), the chosen class in
`generate`. At its first step the decoder is given zeros in its place.

Encoder and decoder may be of any cell, and of different sizes. Targets are classes, shape (time, B), or points of the
simplex, shape (time, B, K), as in `many_to_many`.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from rnnwb.networks.batch import Batch
from rnnwb.networks.cells.cell import State
from rnnwb.networks.cells.products import rows
from rnnwb.networks.cross_entropy import loss_and_gradient
from rnnwb.networks.decoding import decoder_step, encode, generate
from rnnwb.networks.encoder_decoder_layers import Parameters, context_of, initial_parameters, read, with_context
from rnnwb.networks.network import checked_state
from rnnwb.networks.output import OutputLayer
from rnnwb.networks.pooling import shares
from rnnwb.networks.recurrence import backward, run
from rnnwb.networks.teacher_forcing import previous_targets, require_target_sequences

__all__ = ["Parameters", "decoder_step", "encode", "forward", "generate", "gradients", "initial_parameters", "loss"]


class Outputs(NamedTuple):
    """What the network makes of its inputs.

    Attributes:
        context: hidden state of the encoder after the last step of each sequence, shape (B, H).
        S: hidden states of the decoder, shape (time, B, J).
        Y: logits, shape (time, B, K).
    """

    context: np.ndarray
    S: np.ndarray
    Y: np.ndarray


class Gradients(NamedTuple):
    """Loss of a batch and its gradients.

    Attributes:
        loss: sum of the losses of all targets of all sequences.
        parameters: gradients in the place of the parameters.
        S_e_init: gradient of the encoder's initial state.
        S_d_init: gradient of the decoder's initial state.
        X: gradient of the encoder's inputs, shape (time_e, B, D), None unless asked for.
    """

    loss: float
    parameters: Parameters
    S_e_init: State
    S_d_init: State
    X: np.ndarray | None


def forward(
    parameters: Parameters,
    X: np.ndarray,
    C: np.ndarray,
    lengths: np.ndarray | None = None,
    target_lengths: np.ndarray | None = None,
    S_e_init: State | None = None,
    S_d_init: State | None = None,
) -> Outputs:
    """Contexts, and hidden states and logits of all steps of the decoder, under teacher forcing.

    Args:
        parameters: from `initial_parameters`.
        X: inputs of the encoder, shape (time_e, B, D).
        C: targets: classes, shape (time, B), or points of the simplex, shape (time, B, K).
        lengths: number of inputs of each sequence, shape (B,); all unless given.
        target_lengths: number of targets of each sequence, shape (B,); all unless given.
        S_e_init: initial state of the encoder, zero unless given.
        S_d_init: initial state of the decoder, zero unless given.

    Returns:
        context, shape (B, H); S, the decoder's hidden states, shape (time, B, J); Y, shape (time, B, K).
            After its end a sequence has no meaningful states or logits.

    Raises:
        TypeError: if types disagree.
        ValueError: if shapes disagree, or a length or a class is out of range.

    >>> parameters = initial_parameters(D=2, H=3, K=4, seed=0)
    >>> X, C = np.ones((5, 2, 2)), np.zeros((6, 2), int)
    >>> outputs = forward(parameters, X, C, lengths=np.array([5, 3]))
    >>> outputs.context.shape, outputs.Y.shape
    ((2, 3), (6, 2, 4))
    """
    context = encode(parameters, X, lengths, S_e_init)
    writer, state = _writer(parameters, context, C, target_lengths, S_d_init)
    S = run(with_context(parameters, context), writer, state)[0].S[1:]
    return Outputs(context, S, OutputLayer(parameters.V, parameters.c).logits(S))


def loss(
    parameters: Parameters,
    X: np.ndarray,
    C: np.ndarray,
    lengths: np.ndarray | None = None,
    target_lengths: np.ndarray | None = None,
    S_e_init: State | None = None,
    S_d_init: State | None = None,
) -> float:
    """Sum of the cross-entropies of all targets of all sequences, under teacher forcing.

    Args:
        parameters: from `initial_parameters`.
        X: inputs of the encoder, shape (time_e, B, D).
        C: targets: classes, shape (time, B), or points of the simplex, shape (time, B, K).
        lengths: number of inputs of each sequence, shape (B,); all unless given.
        target_lengths: number of targets of each sequence, shape (B,); all unless given.
        S_e_init: initial state of the encoder, zero unless given.
        S_d_init: initial state of the decoder, zero unless given.

    Raises:
        TypeError: if types disagree.
        ValueError: if shapes disagree, or a length or a class is out of range.

    >>> parameters = initial_parameters(D=2, H=3, K=4, seed=0)
    >>> parameters = parameters._replace(V=np.zeros((3, 4)))
    >>> round(loss(parameters, np.ones((5, 1, 2)), np.zeros((6, 1), int)), 4)
    8.3178
    """
    Y = forward(parameters, X, C, lengths, target_lengths, S_e_init, S_d_init).Y
    writer = Batch(Y, None if target_lengths is None else np.asarray(target_lengths))
    return loss_and_gradient(rows(Y), writer.targets(C, 0, len(C)))[0]


def gradients(
    parameters: Parameters,
    X: np.ndarray,
    C: np.ndarray,
    lengths: np.ndarray | None = None,
    target_lengths: np.ndarray | None = None,
    S_e_init: State | None = None,
    S_d_init: State | None = None,
    inputs: bool = False,
) -> Gradients:
    """Loss of a batch and its gradients, by backpropagation through the decoder and then through the encoder.

    Args:
        parameters: from `initial_parameters`.
        X: inputs of the encoder, shape (time_e, B, D).
        C: targets: classes, shape (time, B), or points of the simplex, shape (time, B, K).
        lengths: number of inputs of each sequence, shape (B,); all unless given.
        target_lengths: number of targets of each sequence, shape (B,); all unless given.
        S_e_init: initial state of the encoder, zero unless given.
        S_d_init: initial state of the decoder, zero unless given.
        inputs: whether gradients of the encoder's inputs are wanted.

    Returns:
        loss, the sum over all targets; parameters, the gradients in the place of the parameters; S_e_init and
            S_d_init; X, shape (time_e, B, D), or None.

    Raises:
        TypeError: if types disagree.
        ValueError: if shapes disagree, or a length or a class is out of range.

    >>> parameters = initial_parameters(D=2, H=3, K=4, seed=0)
    >>> X, C = np.ones((5, 2, 2)), np.zeros((6, 2), int)
    >>> lengths, target_lengths = np.array([5, 3]), np.array([1, 6])
    >>> found = gradients(parameters, X, C, lengths, target_lengths)
    >>> found.parameters.encoder.W.shape, found.parameters.G.shape
    ((3, 3), (3, 3))
    >>> found.S_e_init.shape
    (2, 3)
    """
    reader, reading, reading_pieces = read(parameters, X, lengths, S_e_init)
    context, output = context_of(reader, reading), OutputLayer(parameters.V, parameters.c)
    writer, state = _writer(parameters, context, C, target_lengths, S_d_init)
    decoder = with_context(parameters, context)
    _, writing_pieces = run(decoder, writer, state)
    decoding, dS_d_init, _ = backward(decoder, writer, reversed(writing_pieces), output.at_every_step(writer, C))
    dcontext, dG = decoding.b.dot(parameters.G.T), context.T.dot(decoding.b)

    def at_last_step(start: int, stop: int, S: np.ndarray) -> np.ndarray:
        return shares(reader, start, stop)[:, :, None] * dcontext

    encoding, dS_e_init, dX = backward(parameters.encoder, reader, reversed(reading_pieces), at_last_step, inputs)
    found = Parameters(encoding, decoding._replace(b=decoding.b.sum(axis=0)), dG, *output.gradients)
    return Gradients(output.loss, found, dS_e_init, dS_d_init, dX)


def _writer(
    parameters: Parameters, context: np.ndarray, C: np.ndarray, target_lengths: Any, S_d_init: State | None
) -> tuple[Batch, State]:
    """The decoder's batch and initial state, once everything is known to fit."""
    B, K, dtype = len(context), len(parameters.c), parameters.c.dtype
    lengths = require_target_sequences(C, B, K, dtype, target_lengths)
    state = parameters.decoder.zero_state(B) if S_d_init is None else checked_state(parameters.decoder, S_d_init, B)
    return Batch(previous_targets(C, K, dtype), lengths), state
