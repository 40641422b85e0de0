"""Tests in a real browser, run by ``make test-browser``: they need Chromium and take minutes."""

import os
import shutil

import pytest

if not os.environ.get("EM_BROWSER"):
    collect_ignore_glob = ["test_*.py"]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ("--no-sandbox --disable-gpu --no-first-run --disable-background-networking "
         "--disable-component-update --disable-sync --hide-scrollbars")  # fmt: skip


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium under Playwright."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The public site, built anew."""
    from tests.support.site_build import build_site

    folder = tmp_path_factory.mktemp("site")
    done = build_site(folder)
    assert not done.returncode, done.stderr
    return folder / "site"
