"""An empty site for each test."""

from collections.abc import Callable
from pathlib import Path

import pytest
from small_site import Site

from rnnwb.site import repository


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """An empty site in a checkout that has no remote."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(repository.VARIABLE, raising=False)
    monkeypatch.setattr(repository, "_git", lambda *_: None)
    return Site(Path("docs"))


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Pretend that the checkout has a remote."""

    def publish(remote: str) -> None:
        monkeypatch.setenv(repository.VARIABLE, remote)
        monkeypatch.setattr(repository, "_git", lambda *_: "abc123")

    return publish
