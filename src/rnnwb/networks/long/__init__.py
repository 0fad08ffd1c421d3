"""Sequences too long for the plain algorithm: exact gradients in little memory, and gradients that are cut.

`many_to_many.gradients` keeps what the cell remembers of all steps, the hidden states and the gates if it has them, and
does everything else a piece at a time. Where that alone is too much, `checkpointed` gives the same gradients; where
going back to the first step is not wanted, `truncated` goes back to the beginning of a chunk.
"""
