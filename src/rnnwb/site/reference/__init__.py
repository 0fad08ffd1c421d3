"""Prepares docstrings for the API reference."""

from rnnwb.site.reference.entries import ReferenceEntries

__all__ = ["ReferenceEntries"]
