"""The block that claims an equation."""

from __future__ import annotations

from rnnwb.site.blocks.base import OPTIONS, EquationBlock


class ClaimBlock(EquationBlock):
    """A claim, `/// equation | name`."""

    NAME = "equation"
    OPTIONS = OPTIONS
