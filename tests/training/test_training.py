import io
import zlib
from functools import partial

import numpy as np
import pytest
from tqdm import tqdm

from rnnwb.networks import encoder_decoder, gru, lstm, many_to_many
from rnnwb.networks.cells.lstm import LSTM
from rnnwb.networks.cells.tanh import Tanh
from rnnwb.networks.parameters import mapped, named_arrays
from rnnwb.training import SGD, Adam, NonFiniteLossError, clip, fit, global_norm, load, mean, save

GRADIENTS = ([0.5, -2.0], [0.25, 1.0], [-1.0, 0.0])

# What torch.optim makes in float64 of these gradients from [1, -3].
TORCH = {
    SGD(rate=0.1): [[0.95, -2.8], [0.925, -2.9], [1.025, -2.9]],
    SGD(rate=0.1, momentum=0.9): [[0.95, -2.8], [0.88, -2.72], [0.917, -2.648]],
    Adam(rate=0.1, beta1=0.8, beta2=0.95, epsilon=1e-3): [
        [0.9001996007984032, -2.900049975012494],
        [0.8083680960093079, -2.878817593413536],
        [0.8376342796758472, -2.8632708847028447],
    ],
}


def weights(values):
    """A tanh layer whose U and W are these two numbers."""
    return Tanh(*(np.array([[value]]) for value in values), np.array([values[0]]))


@pytest.mark.parametrize(("optimiser", "expected"), TORCH.items(), ids=["sgd", "momentum", "adam"])
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_steps_are_those_of_torch(optimiser, expected, dtype):
    parameters = mapped(lambda array: array.astype(dtype), weights([1.0, -3.0]))
    memory, first = optimiser.start(parameters), parameters
    for gradient, after in zip(GRADIENTS, expected, strict=True):
        gradients = mapped(lambda array: array.astype(dtype), weights(gradient))
        parameters, memory = optimiser.step(parameters, gradients, memory)
        assert np.allclose([parameters.U[0, 0], parameters.W[0, 0]], after, rtol=0, atol=4 * np.finfo(dtype).eps)
        assert {array.dtype for array in parameters} == {np.dtype(dtype)}
    assert first.U[0, 0] == 1


def test_clipping_keeps_the_direction():
    gradients = weights([3.0, 4.0])._replace(b=np.array([12.0]))
    assert global_norm(gradients) == 13
    assert [float(array.sum()) for array in clip(gradients, 6.5)] == [1.5, 2.0, 6.0]
    assert clip(gradients, 13.0) is gradients
    with pytest.raises(ValueError, match="longest is 0, but must be greater than 0"):
        clip(gradients, 0)
    with pytest.raises(ValueError, match="the global norm of the gradients is nan"):
        clip(weights([np.nan, 1.0]), 1)


def test_the_global_norm_of_large_float32_gradients_is_finite():
    large = mapped(lambda array: array.astype(np.float32), weights([3e30, 4e30]))
    assert np.isfinite(global_norm(large))
    assert clip(large, 1.0).U.dtype == np.float32


def test_mean_keeps_the_type_of_the_parameters():
    parameters = many_to_many.initial_parameters(D=2, H=3, K=4, seed=0, dtype=np.float32)
    found = many_to_many.gradients(parameters, np.ones((5, 2, 2), np.float32), np.zeros((5, 2), int))
    averaged = mean(found, np.array([5, 5]).sum())
    assert {array.dtype for array in named_arrays(averaged.parameters).values()} == {np.dtype(np.float32)}


def test_a_mean_divides_loss_and_gradients():
    parameters, (X, C) = echo()
    found = many_to_many.gradients(parameters, X, C)
    averaged = mean(found, C.size)
    assert averaged.loss == found.loss / C.size
    assert (found.parameters.W / C.size == averaged.parameters.W).all()
    with pytest.raises(ValueError, match="terms is 0, but must be greater than 0"):
        mean(found, 0)


def echo(seed=0, batch=4, steps=8):
    """A network, and the task to name the class that was shown one step before."""
    random = np.random.default_rng(seed)
    shown = random.integers(3, size=(steps, batch))
    C = np.concatenate([np.full((1, batch), -1), shown[:-1]])
    return many_to_many.initial_parameters(D=3, H=12, K=3, seed=seed), (np.eye(3)[shown], C)


@pytest.mark.parametrize("module", [many_to_many, lstm, gru], ids=["tanh", "lstm", "gru"])
def test_networks_learn_to_remember(module):
    _, batch = echo()
    held_back = echo(seed=1)[1]
    parameters = module.initial_parameters(D=3, H=12, K=3, seed=0)
    before = module.loss(parameters, *held_back)
    found = fit(module.gradients, parameters, [batch], Adam(rate=0.02), epochs=80, clip=5.0)
    assert len(found.losses) == 80
    assert module.loss(found.parameters, *held_back) < before / 4
    assert found.validation_losses == []


def test_training_stops_early_and_returns_the_best():
    parameters, batch = echo()
    script, seen = iter([5.0, 3.0, 4.0, 3.0, 9.0, 1.0]), []

    def validation(now):
        seen.append(now)
        return next(script)

    found = fit(many_to_many.gradients, parameters, [batch], SGD(0.01), epochs=20, validation=validation, patience=3)
    assert found.validation_losses == [5.0, 3.0, 4.0, 3.0, 9.0]
    assert len(found.losses) == 5
    assert found.parameters is seen[1]


def test_without_patience_all_epochs_are_made_and_the_best_is_still_returned():
    parameters, batch = echo()
    script, seen = iter([5.0, 3.0, 4.0]), []

    def validation(now):
        seen.append(now)
        return next(script)

    found = fit(many_to_many.gradients, parameters, [batch], SGD(0.01), epochs=3, validation=validation)
    assert len(found.losses) == 3
    assert found.parameters is seen[1]


def test_batches_may_be_made_anew_for_each_epoch():
    parameters, batch = echo()
    calls = []

    def batches():
        calls.append(len(calls))
        yield batch
        yield batch

    found = fit(many_to_many.gradients, parameters, batches, SGD(0.01), epochs=3)
    assert calls == [0, 1, 2]
    again = fit(many_to_many.gradients, parameters, [batch, batch], SGD(0.01), epochs=3)
    assert found.losses == again.losses


def test_an_iterator_that_is_used_up_is_noticed():
    parameters, batch = echo()
    with pytest.raises(ValueError, match="no batch in epoch 1; an iterator is used up by one epoch"):
        fit(many_to_many.gradients, parameters, iter([batch]), SGD(0.01), epochs=2)


def test_patience_needs_a_validation_loss():
    parameters, batch = echo()
    with pytest.raises(ValueError, match="patience needs a validation loss"):
        fit(many_to_many.gradients, parameters, [batch], SGD(0.01), epochs=2, patience=1)


def test_a_loss_that_is_not_finite_stops_training_with_the_last_good_parameters():
    parameters, batch = echo()
    seen = []

    def gradients(now, X, C):
        seen.append(now)
        found = many_to_many.gradients(now, X, C)
        return found._replace(loss=float("nan")) if len(seen) == 5 else found

    with pytest.raises(NonFiniteLossError, match="the loss is nan at step 0 of epoch 2") as raised:
        fit(gradients, parameters, [batch, batch], SGD(0.01), epochs=9)
    assert raised.value.parameters is seen[3]
    assert (raised.value.epoch, raised.value.step) == (2, 0)


def test_a_gradient_that_is_not_finite_is_named():
    parameters, batch = echo()

    def gradients(now, X, C):
        found = many_to_many.gradients(now, X, C)
        return found._replace(parameters=found.parameters._replace(V=found.parameters.V / 0.0))

    with np.errstate(divide="ignore"), pytest.raises(NonFiniteLossError, match="gradient of V is not finite at step 0"):
        fit(gradients, parameters, [batch], SGD(0.01), epochs=9)


def test_a_validation_loss_that_is_not_finite_stops_training():
    parameters, batch = echo()
    with pytest.raises(NonFiniteLossError, match="the validation loss is inf at epoch 0") as raised:
        fit(many_to_many.gradients, parameters, [batch], SGD(0.01), epochs=9, validation=lambda _: float("inf"))
    assert raised.value.step is None
    assert raised.value.parameters is parameters


def test_a_network_that_runs_away_is_stopped():
    parameters, batch = echo()
    with np.errstate(all="ignore"), pytest.raises(NonFiniteLossError) as raised:
        fit(many_to_many.gradients, parameters, [batch], SGD(1e308), epochs=50)
    assert np.isfinite(many_to_many.loss(raised.value.parameters, *batch))


def test_progress_is_shown_by_what_is_given():
    class Bar(list):
        shown = ()

        def set_postfix(self, **values):
            self.shown = (*self.shown, values)

    bars = []

    def progress(epochs):
        bars.append(Bar(epochs))
        return bars[0]

    parameters, batch = echo()
    found = fit(many_to_many.gradients, parameters, [batch], SGD(0.01), 2, validation=lambda _: 1.0, progress=progress)
    assert bars[0].shown == tuple({"loss": loss, "validation": 1.0} for loss in found.losses)


def test_tqdm_shows_progress():
    parameters, batch = echo()
    lines = io.StringIO()
    bar = partial(tqdm, file=lines, mininterval=0)
    found = fit(many_to_many.gradients, parameters, [batch], SGD(0.01), 2, progress=bar)
    assert len(found.losses) == 2
    assert "2/2" in lines.getvalue()
    assert "loss=" in lines.getvalue()


NETWORKS = {
    "tanh": many_to_many.initial_parameters(2, 3, 4, 0),
    "gru32": gru.initial_parameters(2, 3, 4, 0, np.float32),
    "encoder_decoder": encoder_decoder.initial_parameters(2, 3, 4, 0, cell=LSTM),
}


@pytest.mark.parametrize("name", NETWORKS)
def test_a_file_gives_back_what_was_saved(name, tmp_path):
    parameters, path = NETWORKS[name], tmp_path / "file without ending"
    save(path, parameters)
    again = load(path, mapped(np.zeros_like, parameters))
    assert type(again) is type(parameters)
    for key, array in named_arrays(parameters).items():
        assert (named_arrays(again)[key] == array).all()
        assert named_arrays(again)[key].dtype == array.dtype
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def test_a_truncated_file_is_refused(tmp_path):
    save(tmp_path / "whole.npz", NETWORKS["tanh"])
    whole = (tmp_path / "whole.npz").read_bytes()
    for length in range(0, len(whole), 7):
        (tmp_path / "part.npz").write_bytes(whole[:length])
        with pytest.raises(ValueError, match=r"part.npz is not a file that save has written, or it is damaged"):
            load(tmp_path / "part.npz", NETWORKS["tanh"])


def test_a_damaged_file_is_refused(tmp_path):
    save(tmp_path / "whole.npz", NETWORKS["tanh"])
    whole = bytearray((tmp_path / "whole.npz").read_bytes())
    middle = bytes(whole).index(NETWORKS["tanh"].W.tobytes())
    whole[middle] ^= 1
    (tmp_path / "bad.npz").write_bytes(whole)
    with pytest.raises(ValueError, match=r"bad.npz is not a file that save has written, or it is damaged"):
        load(tmp_path / "bad.npz", NETWORKS["tanh"])


def foreign(tmp_path):
    """Files of other kinds."""
    np.save(tmp_path / "one.npy", np.ones(3))
    np.savez(tmp_path / "objects.npz", U=np.array([{}], dtype=object))
    (tmp_path / "text").write_text("not an archive")
    (tmp_path / "compressed").write_bytes(zlib.compress(b"x" * 1000))
    return ["one.npy", "objects.npz", "text", "compressed", "."]


def test_a_foreign_file_is_refused(tmp_path):
    for name in foreign(tmp_path):
        with pytest.raises(ValueError, match="is not a file that save has written, or it is damaged"):
            load(tmp_path / name, NETWORKS["tanh"])
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "nowhere.npz", NETWORKS["tanh"])


def test_other_arrays_than_expected_are_named(tmp_path):
    like = NETWORKS["tanh"]
    for changed, message in (
        ({"W": None}, "it lacks W and has nothing besides"),
        ({"beta": np.zeros(3)}, "it lacks nothing and has beta besides"),
        ({"W": np.zeros((3, 4))}, r"W has shape \(3, 4\) in .*, but \(3, 3\) in the network"),
        ({"b": np.zeros(3, np.float32)}, "b has dtype float32 in .*, but float64 in the network"),
    ):
        arrays = {name: array for name, array in (named_arrays(like) | changed).items() if array is not None}
        np.savez(tmp_path / "other.npz", **arrays)
        with pytest.raises(ValueError, match=message):
            load(tmp_path / "other.npz", like)
