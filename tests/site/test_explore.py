"""Gradient flow to play with, as it stands before the page's script runs."""

import json
import re
from html import unescape

import numpy as np
import pytest
from small_site import Site

from rnnwb.site.explore import exhibits, explore
from rnnwb.site.explore.heatmap import LEVELS, left_out_path, level, level_paths
from rnnwb.site.explore.network import STEPS, Setting, bias, gradient_norms, kept, network
from rnnwb.site.explore.summary import number, summary
from rnnwb.site.library import PageError

STROKE = re.compile(r"M(\d+) (\d+)l1-1")
RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")


def cells(path: str) -> set[tuple[int, int]]:
    """Row and column of each cell that a path covers."""
    return {(int(y), int(x) + k) for x, y, run, _ in RUN.findall(path) for k in range(int(run))}


def test_the_lengths_are_those_of_a_central_difference() -> None:
    setting = Setting(norm=1.2, last=6)
    net, W = network(), 1.2 * network().W
    norms = gradient_norms(setting)

    def loss(t: int, tau: int, shift: np.ndarray) -> float:
        state = np.zeros(len(W))
        for r in range(t + 1):
            state = np.tanh(net.X[r] @ net.U + state @ W) + (shift if r == tau else 0)
        logits = state @ net.V
        return float(np.log(np.exp(logits).sum()) - logits @ net.C[t])

    for t, tau in ((6, 6), (6, 2), (4, 0)):
        slopes = [(loss(t, tau, 1e-6 * e) - loss(t, tau, -1e-6 * e)) / 2e-6 for e in np.eye(len(W))]
        assert norms[t, tau] == pytest.approx(np.linalg.norm(slopes), rel=1e-7)
    assert not np.triu(norms, 1).any()


def test_a_truncation_that_keeps_everything_has_no_bias() -> None:
    assert bias(Setting(kind="none")) == 0
    for kind in ("windows", "chunks"):
        assert bias(Setting(last=9, kind=kind, steps=10)) < 1e-15
        assert bias(Setting(last=9, kind=kind, steps=3)) > 0.01


def test_what_truncations_keep() -> None:
    windows, chunks = (kept(Setting(last=3, kind=kind, steps=2)).astype(int).tolist() for kind in ("windows", "chunks"))
    assert windows == [[1, 0, 0, 0], [1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1]]
    assert chunks == [[1, 0, 0, 0], [1, 1, 0, 0], [0, 0, 1, 0], [0, 0, 1, 1]]


@pytest.mark.parametrize(
    ("norm", "expected"), [(0, 0), (1e-9, 0), (2e-6, 1), (0.5, 6), (1, 7), (9.9, 7), (10, 8), (100, 9), (1e5, 9)]
)
def test_a_decade_is_a_level(norm: float, expected: int) -> None:
    assert level(norm) == expected


def test_each_cell_has_one_colour_and_is_struck_through_where_it_is_left_out() -> None:
    setting = Setting(norm=0.5, last=12, kind="chunks", steps=5)
    paths = [cells(path) for path in level_paths(gradient_norms(setting))]
    triangle = {(t, tau) for t in range(13) for tau in range(t + 1)}
    assert set().union(*paths) == triangle
    assert sum(map(len, paths)) == len(triangle)
    assert len(paths) == LEVELS
    struck = left_out_path(kept(setting))
    assert STROKE.sub("", struck) == ""
    assert {(int(y) - 1, int(x)) for x, y in STROKE.findall(struck)} == {
        (t, tau) for t, tau in triangle if t // 5 != tau // 5
    }


def test_it_opens_with_the_whole_gradient_and_says_how_a_cell_that_is_left_out_looks() -> None:
    assert kept(Setting()).sum() == 21 * 22 / 2
    html = explore("gradient-flow")
    assert '<path class="flow__left-out" d=""/>' in html
    legend = re.findall(r"<g transform[^>]*>((?:(?!<g).)*)</g><text[^>]*>left out by the truncation</text>", html)
    assert 'class="flow__left-out" d="M0 1l1-1"' in legend[0]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (0.4567, "0.46"),
        (12.3, "12"),
        (346, "350"),
        (0.00123, "1.2\u00a0·\u00a010⁻³"),
        (45600, "4.6\u00a0·\u00a010⁴"),
    ],
)
def test_numbers_have_two_digits(value: float, text: str) -> None:
    assert number(value) == text


def test_the_exhibit_shows_its_first_setting_and_carries_the_network() -> None:
    html = explore("gradient-flow", "exhibit-1")
    assert summary(Setting()) in html
    assert len(re.findall(r"<input[^>]* disabled", html)) == 6, "nothing moves before the script runs"
    assert set(re.findall(r'<label class="flow__slider" for="([\w-]+)">', html)) == set(
        re.findall(r'<input type="range" id="([\w-]+)"', html)
    )
    carried = json.loads(unescape(re.findall(r'data-network="([^"]+)"', html)[0]))
    for name, array in vars(network()).items():
        assert np.array_equal(carried[name], array), name
    assert np.linalg.norm(network().W, 2) == pytest.approx(1, abs=1e-3)
    assert len(network().X) == STEPS


def test_a_page_shows_it(site: Site) -> None:
    site.write("page.md", "![What is seen.](explore:gradient-flow)\n")
    html = site.render("page.md")
    assert html.startswith('<figure class="exhibit">\n<div><div class="flow"')
    assert "<figcaption>What is seen.</figcaption>" in html


def test_an_unknown_exhibit_names_page_and_line(site: Site) -> None:
    site.write("page.md", "Text.\n\n![](explore:none)\n")
    with pytest.raises(PageError, match=r"^docs/page\.md:3: there is no figure none; there are gradient-flow"):
        site.render("page.md")
    assert exhibits() == ["gradient-flow"]
