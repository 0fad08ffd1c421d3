"""Gradient flow to play with: sliders, the map as it stands at first, and what it shows in words."""

from __future__ import annotations

from html import escape

from rnnwb.site.explore.heatmap import svg
from rnnwb.site.explore.network import STEPS, Setting, gradient_norms, kept, network
from rnnwb.site.explore.summary import summary

KINDS = ("none", "windows", "chunks")
DESCRIPTION = (
    "A triangular table with a row for the loss of each step t and a column for the hidden state of each step τ up to t. The "
    "colour of a cell is the length of the gradient of that loss with respect to that state, a level for each power of "
    "ten. Cells that the truncation leaves out are struck through. The text below the table says what it shows."
)


def html(prefix: str) -> str:
    """The whole exhibit; without the script it is a figure whose sliders do not move."""
    first = Setting()
    controls = (
        _slider("norm", "Spectral norm of W", first.norm, 0.2, 2, 0.05)
        + _slider("last", "Last step T", first.last, 5, STEPS - 1, 1)
        + _kinds(first.kind)
        + _slider("steps", "Steps kept", first.steps, 1, 20, 1)
    )
    drawing = svg(gradient_norms(first), kept(first), prefix, DESCRIPTION)
    return (
        f'<div class="flow" data-network="{escape(network().as_json())}"><div class="flow__controls">{controls}</div>'
        f'{drawing}<p class="flow__summary" aria-live="polite">{summary(first)}</p>'
        "<noscript><p>Without JavaScript the sliders do not move; the figure shows their first setting.</p></noscript></div>"
    )


def _slider(name: str, text: str, value: float, low: float, high: float, step: float) -> str:
    return (
        f'<label class="flow__slider" for="flow-{name}">{text} <output for="flow-{name}">{value:g}</output></label>'
        f'<input type="range" id="flow-{name}" name="{name}" min="{low:g}" max="{high:g}" step="{step:g}" value="{value:g}" disabled=""/>'
    )


def _kinds(chosen: str) -> str:
    choices = "".join(
        f'<label><input type="radio" name="kind" value="{kind}" disabled=""{_checked(kind == chosen)}/> {kind}</label>'
        for kind in KINDS
    )
    return f'<fieldset class="flow__kinds"><legend>Truncation</legend>{choices}</fieldset>'


def _checked(whether: bool) -> str:
    return ' checked=""' if whether else ""
