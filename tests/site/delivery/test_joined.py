"""One stylesheet and one script for all pages."""

from pathlib import Path

import pytest

from rnnwb.site.delivery.joined import join

HEAD = '<link rel="stylesheet" href="{0}assets/theme/main.css">\n<link rel="stylesheet" href="{0}assets/own.css">'
END = '<script src="{0}assets/bundle.js"></script>\n<script src="{0}assets/own.js"></script>'
FILES = {
    "assets/theme/main.css": ".note { top: 0 } .gone { top: 0 }\n/*# sourceMappingURL=main.css.map */",
    "assets/own.css": ".note { top: 1px } .made { top: 0 }",
    "assets/bundle.js": "start();\n//# sourceMappingURL=bundle.js.map",
    "assets/own.js": 'document.body.className = "made";',
    "assets/part.html": "<p>a part of a page</p>",
}


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A site of two pages at different depths."""
    for path, text in FILES.items():
        write(tmp_path / path, text)
    write(tmp_path / "index.html", page(""))
    write(tmp_path / "deep/page/index.html", page("../../"))
    return tmp_path


def page(base: str) -> str:
    """A page that asks for all files."""
    return f'<head>{HEAD.format(base)}</head><p class="note"></p>{END.format(base)}'


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_pages_ask_for_one_file_of_each_kind(built: Path) -> None:
    join(built)
    (style,), (script,) = built.glob("assets/*.css"), built.glob("assets/*.js")
    assert style.read_text() == ".note{top: 0}.note{top: 1px}.made{top: 0}"
    assert script.read_text().splitlines() == ["start();", "", FILES["assets/own.js"]]
    for path, base in ((built / "index.html", ""), (built / "deep/page/index.html", "../../")):
        text = path.read_text()
        assert text.count(f'<link rel="stylesheet" href="{base}assets/{style.name}">') == 1
        assert f'<link rel="preload" href="{base}assets/{script.name}" as="script"></head>' in text
        assert text.count("<link") == 2
        assert text.count(f'<script src="{base}assets/{script.name}"></script>') == text.count("<script") == 1
    assert (built / "assets/part.html").read_text() == FILES["assets/part.html"]
    assert not (built / "assets/theme/main.css").exists()


def test_the_name_of_a_file_changes_with_its_content(built: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    join(built)
    before = {path.name for path in built.glob("assets/site.*")}
    for path, text in FILES.items():
        write(built / path, text.replace("1px", "2px"))
    for path in built.glob("assets/site.*"):
        path.unlink()
    write(built / "index.html", page(""))
    write(built / "deep/page/index.html", page("../../"))
    join(built)
    after = {path.name for path in built.glob("assets/site.*")}
    assert len(before & after) == 1
    assert {name.rpartition(".")[2] for name in before ^ after} == {"css"}


def test_pages_that_ask_for_different_files_are_refused(built: Path) -> None:
    write(built / "deep/page/index.html", page("../../").replace("own.css", "other.css"))
    with pytest.raises(ValueError, match=r"different files of the kind css: .*index\.html.*index\.html"):
        join(built)
