"""Every form of TeX that the grammar takes, each with its value found by NumPy."""

from __future__ import annotations

import numpy as np
import pytest
from small_pages import PAGE, Point, claim, refusal

point = Point()
X, C, S_INIT, U, W = point.inputs()
a, b, p, z, Q = (point(tex) for tex in ("a", "b", "p", "z", "Q"))
A = point("A_t", t=2)
S = point("S_t", t=2)
OO = point(r"\mathbf{W}_{oo}")

SCALARS = {
    r"w_{1,2}": W[0, 1],
    r"w_{1 2}": W[0, 1],
    r"w_{i j}": W[1, 2],
    r"w_{i+1,j-1}": W[2, 1],
    r"w_{ij}": W[1, 2],
    r"X_t^d": X[2, 0],
    r"X^d_t": X[2, 0],
    r"X^{d}_{t}": X[2, 0],
    r"X_{t-1}^{d+1}": X[1, 1],
    r"X_{T - t}^d": X[3, 0],
    r"S_t^2": S[1],
    r"(S_t^i)^2": S[1] ** 2,
    r"q_{d i k}": Q[0, 1, 3],
    r"q_{dik}": Q[0, 1, 3],
    r"w^{oo}_{i k}": OO[1, 3],
    r"2 a b": 2 * a * b,
    r"a \cdot b": a * b,
    r"a - b - p": a - b - p,
    r"- a b + p": p - a * b,
    r"-a^2": -(a**2),
    r"(a + b)(a - b)": a**2 - b**2,
    r"\left(a + b\right) \bigl[a - b\bigr]": a**2 - b**2,
    r"a/b": a / b,
    r"\frac{a + b}{2 p}": (a + b) / (2 * p),
    r"\dfrac{1}{p} - \tfrac{1}{b}": 1 / p - 1 / b,
    r"a^{-2}": a**-2.0,
    r"p^{\frac{1}{2}}": p**0.5,
    r"p^{1/2}": p**0.5,
    r"\sqrt{p}": p**0.5,
    r"\tanh(a) \exp(b) \log(p)": np.tanh(a) * np.exp(b) * np.log(p),
    r"\tanh^2(a)": np.tanh(a) ** 2,
    r"\sigma(a)": 1 / (1 + np.exp(-a)),
    r"\ln\left(p\right)": np.log(p),
    r"\sin(a) + \cos(b) - \sinh(a) \cosh(b)": np.sin(a) + np.cos(b) - np.sinh(a) * np.cosh(b),
    r"\max(a, b, 0)": max(a, b, 0),
    r"\min(a, b)": min(a, b),
    r"\operatorname{tr}(W)": np.trace(W),
    r"\operatorname{sign}(a)": np.sign(a),
    r"|a|": abs(a),
    r"\lvert a - b \rvert": abs(a - b),
    r"\| z \|": np.linalg.norm(z),
    r"\lVert z \rVert_2": np.linalg.norm(z),
    r"\|z\|_1": np.abs(z).sum(),
    r"\|W\|_F": np.sqrt((W**2).sum()),
    r"\|W\|_2": np.linalg.norm(W, 2),
    r"\rho(W)": np.abs(np.linalg.eigvals(W)).max(),
    r"\sum_{h=1}^{H} z_h b": z.sum() * b,
    r"\sum^H_{h=1} z_h + b": z.sum() + b,
    r"\sum_{1 \le h \le H} z_h": z.sum(),
    r"\sum\limits_{h=2}^{3} z_h": z[1:].sum(),
    r"\sum_{h=1}^{H} \sum_{k=1}^{K} w^{oo}_{hk}": OO.sum(),
    r"a \sum_{s=0}^{t} s": a * 3,
    r"\sum_{s=t}^{1} a + b": b,
    r"\prod_{h=1}^{H} z_h": z.prod(),
    r"\prod_{s=t}^{1} a": 1.0,
    r"\max_{1 \le h \le H} z_h": z.max(),
    r"[i = j]": 0.0,
    r"[t < T] a": a,
    r"[0 < t \le T] a": a,
    r"[i = j, t < T] a": 0.0,
    r"\mathbb{1}[i \ne j]": 1.0,
    r"\begin{cases} a & \text{if } t = 0 \\ b & \text{if } t > 0 \end{cases}": b,
    r"\begin{cases} a & \text{if } t = 0 \\ b & \text{otherwise} \end{cases}": b,
    r"\left( S_{t-1} W \right)_i": (point("S_t", t=1) @ W)[1],
    r"(W W^\top)_{ij}": (W @ W.T)[1, 2],
    r"z z^\top": z @ z,
    r"a \, b \; p \quad \! \: ~": a * b * p,
    r"\displaystyle a": a,
}

ARRAYS = {
    r"S_t": S,
    r"S_{t}": S,
    r"W": W,
    r"W^\top": W.T,
    r"W^{\top}": W.T,
    r"W W^\top W": W @ W.T @ W,
    r"W^2": W @ W,
    r"(W)^{3}": W @ W @ W,
    r"X_t U + S_{t-1} W": A,
    r"X_t^\top S_t": np.outer(X[2], S),
    r"S_t \odot A_t": S * A,
    r"\left(S_t W^\top\right) \odot \left(1 - S_t \odot S_t\right)": (W @ S) * (1 - S**2),
    r"1 - S_t \odot S_t": 1 - S**2,
    r"\operatorname{diag}(z) W": np.diag(z) @ W,
    r"\operatorname{softmax}(z)": np.exp(z) / np.exp(z).sum(),
    r"\operatorname{softmax}(W)": np.exp(W) / np.exp(W).sum(1, keepdims=True),
    r"\tanh(W)": np.tanh(W),
    r"\frac{z}{p}": z / p,
    r"\sum_{s=0}^{t} s \, S_t": 3 * S,
    r"\prod_{s=1}^{2} \operatorname{diag}(S_s) W": np.diag(point("S_t", t=1)) @ W @ np.diag(S) @ W,
    r"\overleftarrow{\prod}_{s=1}^{2} \operatorname{diag}(S_s) W": np.diag(S) @ W @ np.diag(point("S_t", t=1)) @ W,
    r"\mathbf{W}_{oo}": OO,
    r"S^{e}_t": point("S^e_t", t=2),
}


@pytest.mark.parametrize("tex", SCALARS)
def test_scalar(tex: str) -> None:
    value = point(tex, t=2, d=1, i=2, j=3, k=4)
    assert value.shape == ()
    np.testing.assert_allclose(value, SCALARS[tex], rtol=1e-14)


@pytest.mark.parametrize("tex", ARRAYS)
def test_array(tex: str) -> None:
    value = point(tex, t=2)
    assert value.shape == ARRAYS[tex].shape
    np.testing.assert_allclose(value, ARRAYS[tex], rtol=1e-13)


@pytest.mark.parametrize(
    "tex",
    [
        r"\begin{aligned} (a + b)^2 &= (a + b)(a + b) \\ &= a^2 + 2 a b + b^2 \\ &\quad + 0 \end{aligned}",
        r"\begin{split} a (b + p) =& a b + a p \end{split}",
        r"z_i (a + b) = a z_i + b z_i, \quad \forall i",
        r"X_t^d (a + b) = a X_t^d + b X_t^d \qquad \forall t \in \{0, \dots, T - 1\}",
        r"X_t^d (a + b) = a X_t^d + b X_t^d, \quad 0 \le t < T",
        "a (b + p)\n= a b\n+ a p",
    ],
)
def test_layout_of_a_chain(tex: str) -> None:
    assert claim(tex).holds


def test_each_sign_of_a_chain_counts() -> None:
    assert claim(r"a (b + p) = a b + a p = p a + a b").values == 2
    assert not claim(r"a (b + p) = a b + a p = p a + b").holds


@pytest.mark.parametrize(
    ("range_", "values"),
    [(r", \quad t < T", 10), (r" \quad \forall t \in \{1, \dots, 3\}", 6), (r"\quad \forall t", 12)],
)
def test_a_printed_range_is_the_range(range_: str, values: int) -> None:
    assert claim(rf"X_t^d (a + b) = a X_t^d + b X_t^d {range_}").values == values


def test_columns() -> None:
    page = PAGE.replace(r"X_t U + S_{t-1} W", r"U^\top X_t + W^\top S_{t-1}")
    page = f"---\nconvention: columns\n---\n{page}"
    assert claim(r"z^\top z = \|z\|^2", page=page).holds
    assert claim(r"\frac{\partial E}{\partial W} = \sum_{t=0}^{T} S_{t-1} \delta_t^\top", page=page).holds
    assert "cannot be multiplied" in refusal(r"z z = a", page=page)
