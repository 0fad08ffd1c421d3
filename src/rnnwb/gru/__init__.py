"""The gated recurrent unit, in both of its variants."""
