"""The block that defines a quantity of the forward pass."""

from __future__ import annotations

from rnnwb.site.blocks.base import OPTIONS, EquationBlock


class DefineBlock(EquationBlock):
    """A definition, `/// define | name`."""

    NAME = "define"
    OPTIONS = OPTIONS
