"""The gradients of one training step of each notebook, by its network, its loss and its sizes, are those of PyTorch."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")
from rnnwb.bridges.pytorch import gradients_from_torch, to_torch  # noqa: E402
from rnnwb.networks import encoder_decoder, gru, lstm, many_to_many, many_to_one, one_to_many  # noqa: E402
from rnnwb.networks.cells.gru import GRU  # noqa: E402
from rnnwb.networks.generation import one_hot  # noqa: E402
from rnnwb.networks.long import truncated  # noqa: E402
from rnnwb.networks.parameters import named_arrays  # noqa: E402
from rnnwb.training import mean  # noqa: E402

pytestmark = pytest.mark.torch


def cross_entropy(logits, C):
    """Summed over all rows that have a target: a class that is not -1, or a point of the simplex."""
    if C.dtype.kind == "f":
        return -(torch.from_numpy(C) * torch.log_softmax(logits, dim=-1)).sum()
    kept = torch.from_numpy(C).flatten()
    return torch.nn.functional.cross_entropy(logits.flatten(0, -2), kept, reduction="sum", ignore_index=-1)


def backward(loss):
    """Leave gradients in the modules; the loss is returned."""
    loss.backward()
    return loss.item()


def require_same(found, terms, loss, theirs):
    """Compare loss and gradients with those of PyTorch."""
    found = mean(found, terms)
    assert loss == pytest.approx(found.loss, rel=1e-12)
    for name, gradient in named_arrays(found.parameters).items():
        assert np.abs(gradient).max() > 0, name
        assert np.abs(gradient - named_arrays(theirs)[name]).max() <= 1e-11 * np.abs(gradient).max(), name


def test_moving_digits():
    random = np.random.default_rng(0)
    ours = many_to_many.initial_parameters(D=144, H=96, K=8, seed=0)
    X, C = random.random(size=(12, 64, 144)), random.integers(8, size=(12, 64))
    module, linear = to_torch(ours)
    loss = backward(cross_entropy(linear(module(torch.tensor(X))[0]), C) / C.size)
    require_same(many_to_many.gradients(ours, X, C), C.size, loss, gradients_from_torch(module, linear))


@pytest.mark.parametrize("kind", [many_to_many, gru])
def test_japanese_vowels(kind):
    random = np.random.default_rng(1)
    ours = kind.initial_parameters(D=12, H=48, K=9, seed=1)
    X, C, lengths = random.normal(size=(29, 30, 12)), random.integers(9, size=30), random.integers(7, 30, size=30)
    module, linear = to_torch(ours)
    S = module(torch.tensor(X))[0][torch.tensor(lengths - 1), torch.arange(30)]
    loss = backward(cross_entropy(linear(S), C) / 30)
    found = many_to_one.gradients(ours, X, C, lengths=lengths)
    require_same(found, 30, loss, gradients_from_torch(module, linear))


def test_drawing_digits():
    random = np.random.default_rng(2)
    ours = one_to_many.initial_parameters(D=10 + 256, H=64, K=256, seed=2)
    X, C = np.eye(10)[random.integers(10, size=50)], random.integers(256, size=(8, 50))
    before = one_hot(np.concatenate([np.full((1, 50), -1), C[:-1]]), 256)
    module, linear = to_torch(ours)
    entering = torch.tensor(np.concatenate([np.broadcast_to(X, (8, 50, 10)), before], axis=2))
    loss = backward(cross_entropy(linear(module(entering)[0]), C) / 50)
    found = one_to_many.gradients(ours, X, C, repeat=True, feedback=True)
    require_same(found, 50, loss, gradients_from_torch(module, linear))


def test_spelling_to_sound():
    """PyTorch's decoder is given the context as further inputs, so that G stands below the decoder's U."""
    random = np.random.default_rng(3)
    B, D, H, K = 64, 26, 96, 40
    ours = encoder_decoder.initial_parameters(D, H, K, seed=3, cell=GRU)
    X, C = np.eye(D)[random.integers(D, size=(7, B))], random.integers(K, size=(9, B))
    lengths, target_lengths = random.integers(2, 8, size=B), random.integers(2, 10, size=B)
    kept = np.where(np.arange(9)[:, None] < target_lengths, C, -1)
    before = torch.tensor(one_hot(np.concatenate([np.full((1, B), -1), C[:-1]]), K))

    reader, unused = to_torch(gru.Parameters(*ours.encoder[:2], ours.V, *ours.encoder[2:], ours.c))
    U = np.vstack([ours.decoder.U, ours.G])
    writer, linear = to_torch(gru.Parameters(U, ours.decoder.W, ours.V, *ours.decoder[2:], ours.c))
    context = reader(torch.tensor(X))[0][torch.tensor(lengths - 1), torch.arange(B)]
    S = writer(torch.cat([before, context.expand(9, B, H)], dim=2))[0]
    loss = backward(cross_entropy(linear(S), kept) / target_lengths.sum())

    for parameter in unused.parameters():
        parameter.grad = torch.zeros_like(parameter)
    encoding, decoding = gradients_from_torch(reader, unused), gradients_from_torch(writer, linear)
    theirs = encoder_decoder.Parameters(
        GRU(encoding.U, encoding.W, encoding.b, encoding.beta),
        GRU(decoding.U[:K], decoding.W, decoding.b, decoding.beta),
        decoding.U[K:],
        decoding.V,
        decoding.c,
    )
    found = encoder_decoder.gradients(ours, X, C, lengths, target_lengths)
    require_same(found, target_lengths.sum(), loss, theirs)


def adding(random):
    """Inputs, and points of the simplex at the last step alone."""
    C = np.zeros((40, 32, 11))
    C[-1] = random.dirichlet(np.ones(11), size=32)
    return random.random(size=(40, 32, 2)), C


@pytest.mark.parametrize("kind", [many_to_many, lstm, gru])
def test_memory(kind):
    X, C = adding(np.random.default_rng(4))
    ours = kind.initial_parameters(D=2, H=32, K=11, seed=4)
    module, linear = to_torch(ours)
    loss = backward(cross_entropy(linear(module(torch.tensor(X))[0]), C) / 32)
    require_same(many_to_many.gradients(ours, X, C), 32, loss, gradients_from_torch(module, linear))


def test_memory_in_windows():
    X, C = adding(np.random.default_rng(5))
    C[19] = C[-1]
    ours = many_to_many.initial_parameters(D=2, H=32, K=11, seed=5)
    module, linear = to_torch(ours)
    state, total = None, 0
    for start in (0, 20):
        S, state = module(torch.tensor(X[start : start + 20]), state)
        total = total + cross_entropy(linear(S), C[start : start + 20])
        state = state.detach()
    loss = backward(total / 32)
    require_same(truncated.gradients(ours, X, C, steps=20), 32, loss, gradients_from_torch(module, linear))
