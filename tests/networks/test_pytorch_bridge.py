"""Networks carried to PyTorch and back: the same numbers, the same gradients, and what cannot be carried is refused."""

import doctest

import numpy as np
import pytest
from one_layer import LENGTHS, MODULES, B, D, H, K, initial_state, parameters, sequences
from plain import close

torch = pytest.importorskip("torch")
from rnnwb.bridges import pytorch, pytorch_checks  # noqa: E402
from rnnwb.bridges.pytorch import from_torch, gradients_from_torch, to_torch  # noqa: E402
from rnnwb.networks import encoder_decoder, lstm  # noqa: E402

pytestmark = pytest.mark.torch
KINDS = list(MODULES)
DTYPES = [np.float32, np.float64]


def tensors(state):
    """An initial state as PyTorch takes it, with leaves whose gradients are kept."""
    arrays = state if isinstance(state, tuple) else (state,)
    leaves = [torch.tensor(array[None], requires_grad=True) for array in arrays]
    return leaves, tuple(leaves) if isinstance(state, tuple) else leaves[0]


def loss_of(logits, C):
    """Sum over all steps of all sequences, without those after a sequence's end or without a target."""
    kept = np.where(np.arange(len(C))[:, None] < LENGTHS, C, -1)
    return torch.nn.functional.cross_entropy(
        logits.flatten(0, 1), torch.from_numpy(kept).flatten(), reduction="sum", ignore_index=-1
    )


@pytest.mark.parametrize("kind", KINDS)
def test_outputs_and_every_gradient_are_the_same(kind):
    ours, state, (X, C) = parameters(kind), initial_state(kind), sequences()
    module, linear = to_torch(ours)
    leaves, given = tensors(state)
    inputs = torch.tensor(X, requires_grad=True)
    output, last = module(inputs, given)
    loss = loss_of(linear(output), C)
    loss.backward()

    S, Y, S_last = MODULES[kind].forward(ours, X, state)
    assert close(output.detach(), S)
    assert close(linear(output).detach(), Y)
    for theirs, array in zip(last if kind == "lstm" else [last], S_last if kind == "lstm" else [S_last]):
        assert close(theirs[0].detach(), array)
    found = MODULES[kind].gradients(ours, X, C, state, LENGTHS, inputs=True)
    assert close(loss.detach(), found.loss)
    for name, gradient in gradients_from_torch(module, linear)._asdict().items():
        assert close(gradient, getattr(found.parameters, name)), name
    assert close(inputs.grad, found.X)
    for leaf, gradient in zip(leaves, found.S_init if kind == "lstm" else [found.S_init]):
        assert close(leaf.grad[0], gradient)


@pytest.mark.parametrize("kind", KINDS)
def test_a_network_that_was_made_in_pytorch_gives_the_same_here(kind):
    torch.manual_seed(0)
    module = pytorch.MODULES[MODULES[kind].Parameters](D, H, dtype=torch.float64)
    linear = torch.nn.Linear(H, K, dtype=torch.float64)
    assert all((bias != 0).all() for bias in (module.bias_ih_l0, module.bias_hh_l0))
    X, C = sequences()
    output, _ = module(torch.from_numpy(X))
    loss_of(linear(output), C).backward()
    ours = from_torch(module, linear)
    assert close(MODULES[kind].forward(ours, X).Y, linear(output).detach())
    found = MODULES[kind].gradients(ours, X, C, lengths=LENGTHS).parameters
    for name, gradient in gradients_from_torch(module, linear)._asdict().items():
        assert close(gradient, getattr(found, name)), name


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("dtype", DTYPES)
def test_there_and_back_is_exact(kind, dtype):
    ours = parameters(kind, dtype=dtype)
    back = from_torch(*to_torch(ours))
    assert type(back) is type(ours)
    for array, other in zip(ours, back):
        assert array.dtype == other.dtype
        assert array.shape == other.shape
        assert array.tobytes() == other.tobytes()


@pytest.mark.parametrize("kind", KINDS)
def test_back_and_there_is_exact_but_for_the_two_biases(kind):
    module = pytorch.MODULES[MODULES[kind].Parameters](D, H)
    linear = torch.nn.Linear(H, K)
    again, other = to_torch(from_torch(module, linear))
    for one, two in ((module.weight_ih_l0, again.weight_ih_l0), (module.weight_hh_l0, again.weight_hh_l0)):
        assert torch.equal(one, two)
    assert torch.equal(linear.weight, other.weight)
    assert torch.equal(linear.bias, other.bias)
    assert torch.equal(again.bias_ih_l0 + again.bias_hh_l0, module.bias_ih_l0 + module.bias_hh_l0)


@pytest.mark.parametrize("kind", KINDS)
def test_both_ways_are_copies(kind):
    ours = parameters(kind)
    module, linear = to_torch(ours)
    kept = [array.copy() for array in ours]
    with torch.no_grad():
        for tensor in (*module.parameters(), *linear.parameters()):
            tensor.add_(1)
    assert all((array == before).all() for array, before in zip(ours, kept))
    back = from_torch(module, linear)
    for array in back:
        array[...] = 7
    assert not any((tensor == 7).any() for tensor in (*module.parameters(), *linear.parameters()))


def test_arrays_of_any_order_in_memory_are_carried_over():
    ours = type(parameters("tanh"))(*(np.asfortranarray(array) for array in parameters("tanh")))
    assert all((array == other).all() for array, other in zip(ours, from_torch(*to_torch(ours))))


def test_the_comparison_would_notice_a_transpose_that_is_forgotten():
    ours, (X, _) = parameters("tanh"), sequences()
    module, linear = to_torch(ours._replace(W=ours.W.T))
    output, _ = module(torch.from_numpy(X))
    assert not close(linear(output).detach(), MODULES["tanh"].forward(ours, X).Y)


LINEAR = torch.nn.Linear(H, K)


@pytest.mark.filterwarnings("ignore:dropout option")
@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: torch.nn.RNN(D, H, num_layers=2),
            "the RNN has num_layers = 2, not 1; the networks here have one layer",
        ),
        (
            lambda: torch.nn.LSTM(D, H, bidirectional=True),
            "the LSTM has bidirectional = True, not False; the networks here run forward",
        ),
        (
            lambda: torch.nn.GRU(D, H, batch_first=True),
            "the GRU has batch_first = True, not False; set module.batch_first",
        ),
        (
            lambda: torch.nn.RNN(D, H, nonlinearity="relu"),
            "the RNN has nonlinearity = 'relu', not 'tanh'; make the module",
        ),
        (lambda: torch.nn.RNN(D, H, bias=False), "the RNN has bias = False, not True; make the module with bias=True"),
        (lambda: torch.nn.GRU(D, H, dropout=0.5), "the GRU has dropout = 0.5, not 0; set module.dropout = 0"),
        (lambda: torch.nn.LSTM(D, H, proj_size=2), "the LSTM has proj_size = 2, not 0; make the module without"),
    ],
)
def test_what_these_networks_do_not_have_is_refused(make, message):
    with pytest.raises(ValueError, match=message):
        from_torch(make(), LINEAR)


def test_modules_that_do_not_belong_together_are_refused():
    with pytest.raises(TypeError, match=r"the first module is a Linear, not a torch.nn.RNN, LSTM or GRU"):
        from_torch(LINEAR, torch.nn.RNN(D, H))
    with pytest.raises(TypeError, match=r"the first module is a RNNCell, not"):
        from_torch(torch.nn.RNNCell(D, H), LINEAR)
    with pytest.raises(TypeError, match=r"the second module is a Sequential, not the torch.nn.Linear"):
        from_torch(torch.nn.RNN(D, H), torch.nn.Sequential(LINEAR))
    with pytest.raises(ValueError, match=f"the RNN has {H} hidden units, but the Linear takes {H + 1}"):
        from_torch(torch.nn.RNN(D, H), torch.nn.Linear(H + 1, K))
    with pytest.raises(ValueError, match="the Linear has no bias; make it with bias=True"):
        from_torch(torch.nn.RNN(D, H), torch.nn.Linear(H, K, bias=False))


def test_types_that_differ_are_refused():
    with pytest.raises(TypeError, match=r"weight_ih_l0 is torch.float64 but linear.weight is torch.float32; convert"):
        from_torch(torch.nn.RNN(D, H, dtype=torch.float64), LINEAR)
    with pytest.raises(TypeError, match=r"weight_ih_l0 is torch.bfloat16, not float32 or float64"):
        from_torch(torch.nn.RNN(D, H, dtype=torch.bfloat16), LINEAR)
    ours = parameters("tanh")
    with pytest.raises(TypeError, match="U is float64 but V is float32"):
        to_torch(ours._replace(V=ours.V.astype(np.float32)))


def test_parameters_that_do_not_fit_are_refused():
    ours = parameters("tanh")
    with pytest.raises(ValueError, match=r"H is 3 in W, shape \(3, 3\), but 2 in V"):
        to_torch(ours._replace(V=ours.V[:2]))
    with pytest.raises(TypeError, match=r"encoder_decoder_layers.Parameters; those of rnnwb.networks.many_to_many"):
        to_torch(encoder_decoder.initial_parameters(D=2, H=3, K=4, seed=0))
    with pytest.raises(TypeError, match=r"builtins.tuple; those of"):
        to_torch(tuple(ours))


def test_gradients_that_are_not_there_are_refused():
    module, linear = to_torch(parameters("lstm"))
    with pytest.raises(ValueError, match=r"weight_ih_l0 has no gradient; call backward\(\) on the loss first"):
        gradients_from_torch(module, linear)


def test_the_second_bias_may_be_kept_as_it_is():
    module, linear = to_torch(lstm.initial_parameters(D, H, K, 0))
    module.bias_hh_l0.requires_grad_(False)
    X, C = sequences(batch=B)
    output, _ = module(torch.from_numpy(X))
    loss_of(linear(output), C).backward()
    assert module.bias_hh_l0.grad is None
    assert gradients_from_torch(module, linear).b.shape == (4 * H,)


@pytest.mark.parametrize(("module", "least"), [(pytorch, 10), (pytorch_checks, 1)])
def test_the_examples_of_the_docstrings(module, least):
    found = doctest.testmod(module)
    assert found.attempted >= least
    assert not found.failed
