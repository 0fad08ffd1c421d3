"""The block that shows an error a page teaches."""

from __future__ import annotations

from rnnwb.site.blocks.base import OPTIONS, EquationBlock, as_text


class FalseBlock(EquationBlock):
    """A known-false claim, `/// false | name`."""

    NAME = "false"
    OPTIONS = OPTIONS | {"fails": ("", as_text), "holds": ("", as_text)}
