"""Renders again, while the site is served, only the pages that a change is seen on."""

import logging
from functools import partial
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.plugins import event_priority

from rnnwb.site.library import load
from rnnwb.site.shown import shown

BUILDER = logging.getLogger("mkdocs.commands.build")
serving = False
before, known, urls = {}, {}, set()


def on_startup(command, **_):
    """Note whether pages are served while they are written."""
    global serving
    serving = command == "serve"


def on_nav(nav, config, files):
    """Let go of each page that would now be rendered otherwise, and say of the others, which are not read, what was in them."""
    library = load(Path(config.docs_dir))
    settings = Path(config.config_file_path).read_text(encoding="utf-8")
    urls.clear()
    for file in files.documentation_pages():
        urls.add(file.page.url)
        now = settings, shown(library, file.src_uri)
        if before.get(file.src_uri) != now:
            Path(file.abs_dest_path).unlink(missing_ok=True)
        elif not file.is_modified():
            file.page.title, file.page.meta, anchors = known[file.src_uri]
            for anchor in anchors:
                config.plugins["autorefs"].register_anchor(file.page, anchor)
        before[file.src_uri] = now
    return nav


def on_page_context(context, page, **_):
    """Note under which title others name a page, what it says of itself, and the places in it that they lead to."""
    known[page.file.src_uri] = page.title, page.meta, list(_below(page.toc.items))
    return context


def _below(items):
    for item in items:
        yield item.id
        yield from _below(item.children)


@event_priority(100)
def on_post_build(config, **_):
    """Let the search keep what it knows of the pages that were not rendered again."""
    search = config.plugins["material/search"]
    if search.search_index_prev:
        new = search.search_index.entries
        kept = urls - set(map(_page, new))
        search.search_index.entries = [
            entry for entry in search.search_index_prev.entries if _page(entry) in kept
        ] + new
        search.search_index_prev = None


def _page(entry):
    return entry["location"].partition("#")[0]


def on_serve(server, config, **_):
    """Build from now on what is new alone."""
    if serving:
        search = config.plugins["material/search"]
        search.on_startup(command="serve", dirty=True)
        search.search_index_prev = search.search_index
        BUILDER.addFilter(lambda record: "'dirty' build" not in record.msg)
        server.builder = partial(build_changes, config)
    return server


def build_changes(served):
    """Build the pages that were changed or let go of, with the settings as they are now."""
    config = load_config(
        served.config_file_path, site_dir=served.site_dir, strict=served.strict,
        use_directory_urls=served.use_directory_urls,
    )  # fmt: skip
    config.site_url = served.site_url
    build(config, serve_url=served.site_url, dirty=True)
