from pathlib import Path

import numpy as np
import pytest

from oracle import close
from rnnwb.encoder_decoder.bptt import batched_encoder_decoder_bptt, encoder_decoder_bptt

RECORD = Path(__file__).parent / "data" / "torch_encoder_decoder.npz"
WEIGHTS = ("U_e", "W_e", "U_d", "W_d", "V_d", "G")
STATES = ("S_e_init", "S_d_init")
GRADIENTS = ("loss", *(f"d{name}" for name in (*WEIGHTS, "X_e", "X_d", *STATES)))


def stored():
    """The recorded arrays by case."""
    cases = {}
    with np.load(RECORD) as record:
        for name in record:
            case, array = name.split("/")
            cases.setdefault(case, {})[array] = record[name]
    return cases


CASES = stored()


def test_the_record_is_complete():
    shapes = {(*case["X_e"].shape[:2], len(case["X_d"])) for case in CASES.values()}
    assert shapes == {(m, b, n) for m, n in ((1, 1), (1, 2), (2, 1), (2, 2), (6, 4), (3, 5)) for b in (1, 3)}
    assert any(len(set(case["L_e"])) > 1 and len(set(case["L_d"])) > 1 for case in CASES.values())
    assert all(np.all(case[name] != 0) for case in CASES.values() for name in STATES)


@pytest.mark.parametrize("name", CASES)
def test_batched_encoder_decoder_bptt(name):
    case = CASES[name]
    found = batched_encoder_decoder_bptt(
        *(case[array] for array in ("X_e", "X_d", "C", "L_e", "L_d", *WEIGHTS, *STATES))
    )
    for value, gradient in zip(found, GRADIENTS, strict=True):
        assert np.abs(value - case[gradient]).max() <= 1e-12 * max(1, np.abs(case[gradient]).max()), gradient


@pytest.mark.parametrize("name", [name for name in CASES if name.endswith("_1")])
def test_encoder_decoder_bptt(name):
    case = CASES[name]
    sequences = [case[array][:, 0] for array in ("X_e", "X_d", "C")]
    found = encoder_decoder_bptt(*sequences, *(case[w] for w in WEIGHTS), *(case[s][0] for s in STATES))
    expected = {**case, **{f"d{x}": case[f"d{x}"][:, 0] for x in ("X_e", "X_d")}}
    expected |= {f"d{s}": case[f"d{s}"][0] for s in STATES}
    for value, gradient in zip(found, GRADIENTS, strict=True):
        assert close(value, expected[gradient]), gradient


@pytest.mark.torch
def test_autograd_gives_the_recorded_values_today():
    import record_torch_encoder_decoder

    live = record_torch_encoder_decoder.record()
    recorded = {f"{case}/{name}": value for case, arrays in CASES.items() for name, value in arrays.items()}
    assert live.keys() == recorded.keys()
    for name, value in live.items():
        assert np.abs(value - recorded[name]).max() <= 1e-12 * max(1, np.abs(recorded[name]).max()), name
