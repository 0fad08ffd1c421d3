"""A figure: one drawing or several side by side, with one control for their two states."""

from __future__ import annotations

from collections.abc import Sequence

from rnnwb.site.drawing.drawing import Drawing, to_svg

ALONE = 1.2
"""How much larger a drawing is that has the width of the page for itself."""
STATES = (("forward", "Forward pass"), ("backward", "Backward messages"))


def to_html(drawings: Sequence[Drawing], identity: str) -> str:
    """The drawings, and radio buttons that show the values or the messages by style alone."""
    numbered = ((f"{identity}-{n}" if n else identity, drawing) for n, drawing in enumerate(drawings))
    scale = 1.0 if len(drawings) > 1 else ALONE
    panels = "".join(
        f'<div class="drawing__panel">{to_svg(drawing, name, scale=scale)}</div>' for name, drawing in numbered
    )
    two = any(drawing.two_states for drawing in drawings)
    return f'{_control(identity) if two else ""}<div class="drawing__panels">{panels}</div>'


def _control(identity: str) -> str:
    chosen = {"forward": ' checked=""', "backward": ""}
    choices = "".join(
        f'<label class="drawing__state drawing__state--{value}">'
        f'<input type="radio" name="{identity}-state" value="{value}"{chosen[value]}/>{text}</label>'
        for value, text in STATES
    )
    return f'<fieldset class="drawing__states"><legend>The figure shows</legend>{choices}</fieldset>'
