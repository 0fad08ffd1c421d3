"""Notebooks as pages: executed, their results kept, and written as Markdown that the site renders like any other page."""
