"""The built site, served, in a headless Chromium.

Without the browser or its Python package these tests are skipped with a notice; in CI they fail.
"""

import functools
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

SCROLL = """async () => {
  for (let top = 0; top < document.documentElement.scrollHeight; top += innerHeight) {
    scrollTo({top, behavior: "instant"});
    await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  }
}"""
ROOT = Path(__file__).parents[2]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let one process open the site, so that it is built once."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.xdist_group("browser"))


def missing(what: str) -> None:
    """Skip, or fail where nothing may be missing."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is not installed")
    pytest.skip(f"{what} is not installed")


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def address(built: Path, server: ThreadingHTTPServer) -> str:
    """Where the site is served: below a sub-path, as on Pages."""
    (Path(server.directory) / "book").symlink_to(built)
    return f"http://127.0.0.1:{server.server_port}/book/"


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThreadingHTTPServer]:
    """A server for the built site, running before the site is built so that the site knows its address."""
    root = tmp_path_factory.mktemp("served")
    handler = functools.partial(Quiet, directory=str(root))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.directory = root
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, server: ThreadingHTTPServer) -> Path:
    """The site as `mkdocs build --strict` makes it."""
    directory = tmp_path_factory.mktemp("site")
    address = f"http://127.0.0.1:{server.server_port}/book/"
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(directory)]
    subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, "RNNWB_SITE": address})
    return directory


@pytest.fixture(scope="session")
def paths(built: Path) -> list[str]:
    """Every page, relative to the site."""
    pages = sorted(path for path in built.rglob("index.html") if "assets" not in path.relative_to(built).parts)
    return [path.parent.relative_to(built).as_posix().strip(".") for path in pages]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium, driven by playwright."""
    if not find_spec("playwright"):
        missing("playwright")
    executable = shutil.which("chromium")
    if not executable:
        missing("chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield chromium
        chromium.close()


class Visit:
    """One page, opened, and what went wrong meanwhile."""

    def __init__(self, browser: Any, address: str, scheme: str = "light", width: int = 1440) -> None:
        self.address = address
        self.context = browser.new_context(
            color_scheme=scheme, viewport={"width": width, "height": 800}, reduced_motion="reduce"
        )
        self.page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("request", self._request)
        self.page.on("response", self._response)

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"console: {message.text}")

    def _request(self, request: Any) -> None:
        origin = self.address.rsplit("/", 2)[0]
        if not request.url.startswith((origin, "data:", "blob:")):
            self.faults.append(f"foreign request: {request.url}")

    def _response(self, response: Any) -> None:
        if response.status >= 400:
            self.faults.append(f"{response.status}: {response.url}")

    def open(self, path: str) -> Any:
        """Go to a page and wait until its formulas are laid out."""
        self.page.goto(self.address + path)
        self.settle()
        return self.page

    def scroll_through(self) -> None:
        """Bring everything on the screen once: what is below is prepared when it comes near."""
        self.page.evaluate(SCROLL)
        self.settle()

    def settle(self) -> None:
        """Wait for scripts and fonts."""
        self.page.wait_for_load_state("networkidle")
        self.page.evaluate("document.fonts.ready")


@pytest.fixture
def new_visit(browser: Any, address: str) -> Callable[..., Visit]:
    """Makes visits of a scheme and a width, to be closed by who asked for them."""
    return functools.partial(Visit, browser, address)


@pytest.fixture
def visit(browser: Any, address: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A visit with the scheme and width that the test asks for by `param`."""
    visit = Visit(browser, address, **getattr(request, "param", {}))
    yield visit
    visit.context.close()
