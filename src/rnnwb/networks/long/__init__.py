"""Sequences too long for the plain algorithm: exact gradients in little memory, and gradients that are cut.

`many_to_many.gradients` keeps the hidden states of all steps and does everything else a piece at a time. Where the
states alone are too much, `checkpointed` gives the same gradients; where going back to the first step is not wanted,
`truncated` goes back to the beginning of a chunk.
"""
