"""The three variants of the decoder: whole gradients by complex step, by differences and by PyTorch's autograd."""

from pathlib import Path

import numpy as np
import pytest

from oracle import close, rejects_another_axis
from rnnwb.encoder_decoder import variants
from rnnwb.gradient_check import central_difference
from test_encoder_decoder import random_case, run, slope
from test_torch_encoder_decoder import CASES

RECORD = Path(__file__).parent / "data" / "torch_variants.npz"
WEIGHTS = ("U_e", "W_e", "U_d", "W_d", "V_d")
LENGTHS = [(1, 1), (1, 2), (2, 1), (2, 2), (6, 3), (3, 6)]


def stored():
    with np.load(RECORD) as record:
        return {name: record[name] for name in record}


TORCH = stored()


def initial(case):
    arguments = {name: case[name] for name in ("X_e", "X_d", "C", *WEIGHTS, "S_e_init")}
    return variants.initial_context_bptt(**arguments)


def shared(case):
    return variants.shared_context_bptt(**{name: value for name, value in case.items() if name != "G"})


def feedback(case):
    arguments = {name: value for name, value in case.items() if name != "X_d"}
    return variants.output_feedback_bptt(Z=case["X_d"][0], **arguments)


BPTT = {"initial": (initial, WEIGHTS), "shared": (shared, WEIGHTS), "feedback": (feedback, (*WEIGHTS, "G"))}


@pytest.mark.parametrize("variant", BPTT)
@pytest.mark.parametrize(("read", "written"), LENGTHS)
def test_gradients_agree_with_complex_step(variant, read, written):
    bptt, weights = BPTT[variant]
    case = random_case(read, written, 1)
    E, *gradients = bptt(case)
    assert close(E, run(**case, variant=variant).E)
    for by, gradient in zip(weights, gradients, strict=True):
        assert close(gradient, slope(case, by, variant=variant)), by


@pytest.mark.parametrize("variant", BPTT)
def test_gradients_agree_with_central_differences(variant):
    bptt, weights = BPTT[variant]
    case = random_case(seed=2)
    for by, gradient in zip(weights, bptt(case)[1:], strict=True):
        expected = central_difference(lambda value, by=by: bptt({**case, by: value})[0], case[by])
        assert close(gradient, expected, 1e-7), by


def pairs_of(batch):
    """The pairs of a recorded ragged batch, each cut after its last steps."""
    for b, (last_e, last_d) in enumerate(zip(batch["L_e"], batch["L_d"])):
        cut = {"X_e": last_e + 1, "X_d": last_d + 1, "C": last_d + 1}
        yield {
            **{name: batch[name][:end, b] for name, end in cut.items()},
            **{name: batch[name] for name in (*WEIGHTS, "G")},
            **{name: batch[name][b] for name in ("S_e_init", "S_d_init")},
        }


@pytest.mark.parametrize("variant", BPTT)
@pytest.mark.parametrize("name", CASES)
def test_recorded_values_of_autograd(variant, name):
    bptt, weights = BPTT[variant]
    found = [sum(parts) for parts in zip(*map(bptt, pairs_of(CASES[name])))]
    for value, gradient in zip(found, ("loss", *(f"d{weight}" for weight in weights)), strict=True):
        assert close(value, TORCH[f"{variant}_{name}/{gradient}"]), gradient


@pytest.mark.torch
def test_autograd_gives_the_recorded_values_today():
    import record_torch_variants

    live = record_torch_variants.record()
    assert live.keys() == TORCH.keys()
    for name, value in live.items():
        assert close(value, TORCH[name]), name


def test_states_are_zero_by_default():
    case = random_case(seed=3)
    states = ("S_e_init", "S_d_init")
    zero = {**case, **{name: np.zeros_like(case[name]) for name in states}}
    without = {name: value for name, value in case.items() if name not in states}
    assert all((a == b).all() for a, b in zip(shared(without), shared(zero), strict=True))
    assert all((a == b).all() for a, b in zip(feedback(without), feedback(zero), strict=True))
    sequences = [case[name] for name in ("X_e", "X_d", "C", *WEIGHTS)]
    assert all((a == b).all() for a, b in zip(variants.initial_context_bptt(*sequences), initial(zero), strict=True))


def test_wrong_shapes_are_named():
    case = random_case(seed=4)
    weights = [case[name] for name in WEIGHTS]
    X_e, X_d, C, G, *states = (case[name] for name in ("X_e", "X_d", "C", "G", "S_e_init", "S_d_init"))
    assert rejects_another_axis(variants.initial_context_bptt, (X_e, X_d, C, *weights, states[0]))
    assert rejects_another_axis(variants.output_feedback_bptt, (X_e, X_d[0], C, *weights, G, *states))
    with pytest.raises(ValueError, match="H is"):
        variants.shared_context_bptt(X_e, X_d, C, weights[0][:, :2], *weights[1:])
