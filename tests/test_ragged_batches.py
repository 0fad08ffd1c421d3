"""Every network with a batch: ragged batches against the complex step of their sequences, each run alone and unpadded."""

import numpy as np
import pytest

from oracle import D, H, K, close
from rnnwb.bptt import bptt
from rnnwb.encoder_decoder.bptt import batched_encoder_decoder_bptt, encoder_decoder_bptt
from rnnwb.gradient_check import complex_step_gradient
from rnnwb.gru.bptt import batched_gru_bptt, gru_bptt
from rnnwb.lstm.bptt import batched_lstm_bptt, lstm_bptt
from rnnwb.many_to_one.batched import batched_last_loss_bptt
from rnnwb.many_to_one.bptt import last_loss_bptt
from rnnwb.one_to_many.bptt import output_fed_back_bptt
from rnnwb.ragged.padded import ragged_bptt
from rnnwb.truncated.batched import batched_chunked_bptt

INPUT, STATE, OUTPUT, FEEDBACK = (D, H), (H, H), (H, K), (K, H)
SIZES = {
    "many to many": (INPUT, STATE, OUTPUT),
    "many to one": (INPUT, STATE, OUTPUT),
    "one to many": (INPUT, FEEDBACK, STATE, OUTPUT),
    "encoder-decoder": (INPUT, STATE, FEEDBACK, STATE, OUTPUT, STATE),
    "LSTM": (*4 * [INPUT], *4 * [STATE], OUTPUT),
    "GRU": (*3 * [INPUT], *3 * [STATE], (H,), OUTPUT),
    "chunks without a cut": (INPUT, STATE, OUTPUT),
}


def last_steps(random, steps, batch):
    return np.concatenate([[steps - 1], random.integers(steps, size=batch - 1)])


class Data:
    """Dense random sequences; what follows the last step of each is padding."""

    def __init__(self, steps, batch):
        random = np.random.default_rng([steps, batch])
        self.steps, self.batch = steps, batch
        self.X, self.X_d = random.normal(size=(steps, batch, D)), random.normal(size=(steps + 1, batch, K))
        self.C = random.dirichlet(np.ones(K), size=(steps + 1, batch))
        self.last, self.last_d = last_steps(random, steps, batch), last_steps(random, steps + 1, batch)
        self.S, self.M = random.normal(size=(batch, H)), random.normal(size=(batch, H))
        self.weights = {name: [random.normal(size=size) for size in sizes] for name, sizes in SIZES.items()}


def together(name, data, weights):
    """Loss and gradients of the padded batch."""
    X, C, last, S = data.X, data.C[: data.steps], data.last, data.S
    if name == "many to one":
        return batched_last_loss_bptt(X, C[0], last, *weights, S)
    if name == "one to many":
        return output_fed_back_bptt(X[0], C, last, *weights, S)
    if name == "encoder-decoder":
        return batched_encoder_decoder_bptt(X, data.X_d, data.C, last, data.last_d, *weights, S, data.M)
    if name == "LSTM":
        return batched_lstm_bptt(X, C, last, *weights, S, data.M)
    if name == "chunks without a cut":
        return batched_chunked_bptt(X, C, last, *weights, np.zeros((data.steps, data.batch)), S)
    return {"many to many": ragged_bptt, "GRU": batched_gru_bptt}[name](X, C, last, *weights, S)


def alone(name, data, weights, b):
    """Loss of one sequence without its padding."""
    end, end_d, S = data.last[b] + 1, data.last_d[b] + 1, data.S[b]
    X, C = data.X[:end, b], data.C[:end, b]
    if name == "many to one":
        return last_loss_bptt(X, data.C[0, b], *weights, S)[0]
    if name == "one to many":
        return output_fed_back_bptt(X[:1], C[:, None], data.last[b : b + 1], *weights, S[None])[0]
    if name == "encoder-decoder":
        return encoder_decoder_bptt(X, data.X_d[:end_d, b], data.C[:end_d, b], *weights, S, data.M[b])[0]
    if name == "LSTM":
        return lstm_bptt(X, C, *weights, S, data.M[b])[0]
    return {"GRU": gru_bptt}.get(name, bptt)(X, C, *weights, S)[0]


@pytest.mark.parametrize("name", SIZES)
@pytest.mark.parametrize("steps", [1, 2, 5])
@pytest.mark.parametrize("batch", [1, 3])
def test_gradients_agree_with_complex_step(name, steps, batch):
    data = Data(steps, batch)
    weights = data.weights[name]
    _, *gradients = together(name, data, weights)
    for position, (weight, gradient) in enumerate(zip(weights, gradients)):

        def loss(moved, position=position):
            changed = [*weights[:position], moved, *weights[position + 1 :]]
            return sum((alone(name, data, changed, b) for b in range(batch)), start=0j)

        expected = complex_step_gradient(loss, weight)
        assert close(gradient, expected) if np.any(expected) else not np.any(gradient), position
