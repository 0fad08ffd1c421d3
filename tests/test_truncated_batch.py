"""Chunks in a batch: each sequence has its own length, its own cuts and its own carried state."""

import numpy as np
import pytest

from oracle import BATCH, H, close, random_batch, rejects_another_axis
from rnnwb.truncated import batched
from test_truncated import chunks_of, expected

LAST = np.array([5, 0, 2, 4, 1])


def random_starts(seed, steps):
    starts = np.random.default_rng(seed).integers(2, size=(steps, BATCH))
    starts[0] = 1
    return starts


def alone(batch, starts, last, b):
    """Loss and gradients of one sequence, by complex step of its surrogate in plain loops."""
    steps = slice(last[b] + 1)
    case = {"X": batch["X"][steps, b], "C": batch["C"][steps, b], "S_init": batch["S_init"][b]}
    return expected({**case, **{name: batch[name] for name in "UWV"}}, chunks_of(starts[steps, b]))


def found(batch, starts, last):
    X, C, U, W, V, S_init = batch.values()
    return batched.batched_chunked_bptt(X, C, last, U, W, V, starts, S_init)


@pytest.mark.parametrize("steps", [1, 2, 6])
@pytest.mark.parametrize("seed", [0, 10])
def test_a_batch_is_the_surrogates_of_its_sequences(steps, seed):
    batch, starts, last = random_batch(seed, steps), random_starts(seed, steps), np.minimum(LAST, steps - 1)
    sums = [sum(parts) for parts in zip(*(alone(batch, starts, last, b) for b in range(BATCH)))]
    assert all(close(value, wanted) for value, wanted in zip(found(batch, starts, last), sums, strict=True))


def test_the_cut_of_one_sequence_leaves_the_others_alone():
    batch, starts = random_batch(3), np.zeros((6, BATCH))
    moved = starts.copy()
    moved[3, 0] = 1
    difference = found(batch, moved, LAST)[2] - found(batch, starts, LAST)[2]
    assert close(difference, alone(batch, moved, LAST, 0)[2] - alone(batch, starts, LAST, 0)[2])
    assert difference.any()


def test_what_stands_in_the_padding_has_no_effect():
    batch, starts = random_batch(4), random_starts(4, 6)
    X = batch["X"].copy()
    X[1:, 1] = np.nan
    for a, b in zip(found({**batch, "X": X}, starts, LAST), found(batch, starts, LAST), strict=True):
        assert (a == b).all()


def test_the_initial_states_are_zero_by_default():
    X, C, U, W, V, _ = random_batch(5).values()
    starts, zero = random_starts(5, 6), np.zeros((BATCH, H))
    given = batched.batched_chunked_bptt(X, C, LAST, U, W, V, starts, zero)
    for a, b in zip(batched.batched_chunked_bptt(X, C, LAST, U, W, V, starts), given, strict=True):
        assert (a == b).all()


def test_wrong_shapes_are_named():
    X, C, U, W, V, S_init = random_batch(6).values()
    assert rejects_another_axis(batched.chunk_preactivations, (X[0], S_init, U, W))
    assert rejects_another_axis(batched.chunk_deltas, (C[0], S_init, LAST, S_init, V, W))
    assert rejects_another_axis(
        lambda C, last, U, W, V, starts, S_init: batched.batched_chunked_bptt(X, C, last, U, W, V, starts, S_init),
        (C, LAST, U, W, V, random_starts(6, 6), S_init),
    )
