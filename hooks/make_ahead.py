"""Checks all equations before a page is rendered, and makes what needs no rendered page on another processor meanwhile."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from mkdocs.exceptions import PluginError

from rnnwb.equations import EquationError
from rnnwb.site.library import PageError, load
from rnnwb.site.parts import keep_parts

serving = False
made = None


def on_startup(command, **_):
    """Note whether pages are served while they are written: then little is new."""
    global serving
    serving = command == "serve"


def on_nav(nav, config, **_):
    """Check, and start; what is wrong with a page is said without a traceback."""
    global made
    docs = Path(config.docs_dir)
    try:
        load(docs)
    except (EquationError, PageError) as error:
        raise PluginError(f"\n{error}") from error
    if not serving:
        pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"))
        made = pool.submit(keep_parts, docs, config.site_name, config.site_description)
        pool.shutdown(wait=False)
    return nav


def on_post_build(**_):
    """Wait for it."""
    if made:
        made.result()
