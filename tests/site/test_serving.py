"""Which pages are rendered again while the site is served."""

import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from small_site import GRADIENT, MODEL, Site, loaded_hook

from rnnwb.site.library import load
from rnnwb.site.shown import shown

SECOND = GRADIENT.replace("gradient", "second", 1)
INHERITED = GRADIENT.replace("gradient", "third", 1)
ALONE = {"all.md", "linking.md", "other.md", "page.md"}


@pytest.fixture
def pages(site: Site) -> Site:
    site.write("page.md", "# Page\n" + MODEL + GRADIENT)
    site.write("linking.md", "# Linking\nSee [](eq:gradient).")
    site.write("other.md", "# Other\nSays nothing of it.")
    site.write("all.md", "# All\n\n![](equations:all)\n")
    return site


def changed(site: Site, page: str, text: str, **front: object) -> set[str]:
    """The pages that show something else once this one is written."""
    before = load(site.docs)
    known = {page: shown(before, page) for page in before.texts}
    site.write(page, text, **front)
    after = load(site.docs)
    return {page for page in after.texts if known.get(page) != shown(after, page)}


def test_a_sentence_is_shown_on_no_other_page(pages: Site) -> None:
    assert changed(pages, "page.md", "# Page\nA sentence.\n" + MODEL + GRADIENT) == set()


def test_an_equation_after_the_others_is_shown_on_its_page_and_in_the_list(pages: Site) -> None:
    assert changed(pages, "page.md", "# Page\n" + MODEL + GRADIENT + SECOND) == {"page.md", "all.md"}


def test_a_new_number_is_shown_by_each_page_that_names_it(pages: Site) -> None:
    assert changed(pages, "page.md", "# Page\n" + MODEL + SECOND + GRADIENT) == {"page.md", "linking.md", "all.md"}


def test_an_equation_elsewhere_is_shown_where_it_is_used(pages: Site) -> None:
    assert changed(pages, "other.md", "# Other\n" + INHERITED, inherits="page.md") == {"other.md", "page.md", "all.md"}


def test_a_place_in_the_series_is_shown_on_every_page(pages: Site) -> None:
    assert (
        changed(pages, "other.md", "# Other\nSays nothing of it.", series=7, description="d", date="2026-11-23")
        == ALONE
    )


def test_where_a_function_is_described_is_shown_on_every_page(pages: Site) -> None:
    assert changed(pages, "other.md", "# Other\nSays nothing of it.\n\n::: rnnwb.feedforward\n") == ALONE


def test_a_title_is_shown_on_every_page(pages: Site) -> None:
    assert changed(pages, "other.md", "# Another\nSays nothing of it.") == ALONE


class Served:
    """What MkDocs keeps of a small site, and its hook."""

    def __init__(self, site: Site, built: Path) -> None:
        settings = site.docs.parent / "mkdocs.yml"
        settings.write_text("site_name: A site", encoding="utf-8")
        self.known: list[str] = []
        references = SimpleNamespace(register_anchor=lambda page, anchor: self.known.append(f"{page.url}#{anchor}"))
        self.config = SimpleNamespace(
            docs_dir=str(site.docs), config_file_path=str(settings), plugins={"autorefs": references}
        )
        self.site, self.built, self.hook = site, built, loaded_hook("serve_changes")

    def file(self, page: str) -> SimpleNamespace:
        source, target = self.site.docs / page, self.built / f"{page}.html"
        modified = not target.exists() or target.stat().st_mtime < source.stat().st_mtime
        named = SimpleNamespace(title=None, meta={}, url=page)
        return SimpleNamespace(src_uri=page, abs_dest_path=str(target), page=named, is_modified=lambda: modified)

    def build(self) -> list[SimpleNamespace]:
        """The pages as they are after the hook; those that are modified are then written."""
        files = [self.file(path.name) for path in sorted(self.site.docs.glob("*.md"))]
        self.hook.on_nav([], self.config, SimpleNamespace(documentation_pages=lambda: files))
        for file in files:
            if not Path(file.abs_dest_path).exists() or file.is_modified():
                file.page.title = f"Title of {file.src_uri}"
                Path(file.abs_dest_path).write_text("built", encoding="utf-8")
                below = SimpleNamespace(id="below", children=[])
                toc = SimpleNamespace(items=[SimpleNamespace(id="first", children=[below])])
                said = SimpleNamespace(file=file, title=file.page.title, meta={"series": 1}, toc=toc)
                self.hook.on_page_context({}, said)
        return files


@pytest.fixture
def served(pages: Site, tmp_path: Path) -> Served:
    built = tmp_path / "built"
    built.mkdir()
    found = Served(pages, built)
    found.build()
    return found


def kept(served: Served) -> set[str]:
    """The pages that the hook leaves as they were built."""
    for path in served.built.iterdir():
        path.write_text("old", encoding="utf-8")
        os.utime(path, (2e9, 2e9))
    served.build()
    return {path.stem for path in served.built.iterdir() if path.read_text(encoding="utf-8") == "old"}


def test_pages_that_show_the_same_are_kept_with_what_they_say_of_themselves(served: Served) -> None:
    assert kept(served) == ALONE
    assert served.known == [f"{page}#{anchor}" for page in sorted(ALONE) for anchor in ("first", "below")]
    files = served.build()
    assert [file.page.title for file in files] == [f"Title of {page}" for page in sorted(ALONE)]
    assert [file.page.meta for file in files] == [{"series": 1}] * len(ALONE)


def test_pages_that_show_something_else_are_let_go_of(served: Served) -> None:
    served.site.write("page.md", "# Page\n" + MODEL + SECOND + GRADIENT)
    assert kept(served) == {"other.md"}


def test_new_settings_let_go_of_all(served: Served) -> None:
    Path(served.config.config_file_path).write_text("site_name: Another", encoding="utf-8")
    assert kept(served) == set()


def found(*places: str) -> SimpleNamespace:
    return SimpleNamespace(entries=[{"location": place} for place in places])


def test_the_search_knows_each_page_as_it_was_last_rendered(served: Served) -> None:
    served.hook.urls = {"", "lstm/", "lstm-more/"}
    old = found("", "#top", "lstm/", "lstm/#old", "lstm-more/#kept", "gone/")
    search = SimpleNamespace(search_index_prev=old, search_index=found("", "lstm/", "lstm/#new"))
    config = SimpleNamespace(plugins={"material/search": search})
    for _ in range(2):
        served.hook.on_post_build(config)
        assert search.search_index == found("lstm-more/#kept", "", "lstm/", "lstm/#new")
        assert search.search_index_prev is None
