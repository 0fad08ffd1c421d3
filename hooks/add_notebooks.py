"""Adds a page for each notebook, executed, with its picture for sharing, and the notebook with its results to download."""

from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import nbformat
from mkdocs.structure.files import File

from rnnwb.site.kept import kept, place
from rnnwb.site.notebooks.execute import executed
from rnnwb.site.notebooks.page import markdown, title
from rnnwb.site.social import FOLDER, card

AT_A_TIME = 2


def on_files(files, config):
    """Add the pages; what has not changed is not executed again."""
    sources = sorted((Path(config.docs_dir) / "notebooks").glob("*.py"))
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        notebooks = list(pool.map(executed, sources))
    for source, notebook in zip(sources, notebooks):
        files.append(page(source.stem, notebook, config))
        for path, content in made(source.stem, notebook, config.site_name).items():
            files.append(File.generated(config, path, content=content))
    return files


def page(name, notebook, config):
    """The page, as a file that is not written again while it says the same, so that it need not be rendered again."""
    text = markdown(notebook, name).encode()
    path = place("pages", name, f"{sha256(text).hexdigest()}.md")
    kept(path, lambda: text)
    return File.generated(config, f"notebooks/{name}.md", abs_src_path=str(path.resolve()))


def made(name, notebook, site):
    """The other files that come from a notebook, by their paths."""
    return {
        f"notebooks/{name}.ipynb": nbformat.writes(notebook),
        f"{FOLDER}/notebooks/{name}.png": card(title(notebook), "On real data", site),
    }
