"""Writes the instances with numbers into the built site; no page contains them, each card fetches its own."""

from pathlib import Path

from rnnwb.site.library import load
from rnnwb.site.numbers import write_numbers


def on_post_build(config, **_):
    """Write one file for each page."""
    write_numbers(load(Path(config.docs_dir).relative_to(Path.cwd())), Path(config.site_dir) / "assets/numbers")
