"""The site as it is built: complete, without what students may not see, and alone in the world."""

import re
import shutil
from urllib.parse import unquote, urlsplit

import nbformat
import pytest

from em_authoring.known_answers import reference_answers
from em_authoring.lesson_paths import Lesson, all_lessons
from em_authoring.lesson_source import read_lesson_source
from tests.support.hidden_lines import hidden_lines
from tests.support.html_page import Page
from tests.support.site_build import build_site

pytest.importorskip("myst_nb", reason="the site's packages are missing: pip install -e '.[site]'")
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("site")]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("public")
    done = build_site(folder)
    assert not done.returncode, done.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def pages(site):
    return {path: Page(path) for path in site.rglob("*.html") if "_static" not in path.parts}


def test_every_lesson_is_a_page_with_all_its_equations(site, pages):
    for lesson in all_lessons():
        page = pages[site / "lessons" / f"{lesson.assignment}.html"]
        text = "\n".join(
            c.source for c in read_lesson_source(lesson).cells if c.cell_type == "markdown"
        )
        for number in re.findall(r"\\tag\{([\d.]+)\}", text):
            assert f"equation-{number}" in page.ids, number
            assert rf"\tag{{{number}}}" in page.text, "the site's number is the notebook's"


def test_each_citation_of_an_equation_is_a_link_to_it(site, pages):
    for lesson in all_lessons():
        page = pages[site / "lessons" / f"{lesson.assignment}.html"]
        cells = nbformat.read(lesson.release, as_version=4).cells
        prose = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
        prose = re.sub(r"\$\$.*?\$\$|\$.*?\$|`.*?`", "", prose, flags=re.DOTALL)
        cited = set(re.findall(r"\(([1-9]\d?\.[1-9]\d?)\)", prose))
        linked = {link.rpartition("#equation-")[2] for link in page.links if "#equation-" in link}
        assert cited <= linked


def test_nothing_that_students_may_not_see_is_anywhere_in_the_public_site(site, pages):
    texts = {path: page.text for path, page in pages.items()}
    texts |= {path: path.read_text("utf-8") for path in site.glob("*.js")}
    texts |= {path: path.read_text("utf-8") for path in site.rglob("*.ipynb")}
    given = "\n".join(
        cell.source
        for lesson in all_lessons()
        for cell in nbformat.read(lesson.release, as_version=4).cells
    )
    everything = "\n".join(texts.values())
    looked_for = 0
    for lesson in all_lessons():
        for secret in hidden_lines(lesson):
            plain = secret.replace("\\\\", "\\").replace('\\"', '"')
            if plain not in given:
                looked_for += 1
                assert plain not in everything, [p.name for p in texts if plain in texts[p]]
                assert secret not in everything
    assert looked_for > 100


def test_the_public_pages_show_stubs_and_no_hidden_test(site, pages):
    for lesson in all_lessons():
        text = pages[site / "lessons" / f"{lesson.assignment}.html"].text
        for exercise in reference_answers(read_lesson_source(lesson)):
            (stub,) = re.findall(rf"^def {exercise}\(.*?^    raise NotImpl\w+$", text, re.M | re.S)
            assert stub.count("def ") == 1
        assert "HIDDEN TESTS" not in text
        assert "Model answer" not in text


def test_no_request_leaves_the_site_and_no_link_is_broken(site, pages):
    for path, page in pages.items():
        for link in page.loaded:
            assert not urlsplit(link).netloc, f"{path.name} loads {link}"
        for link in page.links + page.loaded:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert target.exists(), f"{path.name} links to {link}"
            if parts.fragment and target in pages:
                assert unquote(parts.fragment) in pages[target].ids, f"{path.name}: {link}"


def test_style_sheets_ask_for_nothing_from_elsewhere(site):
    for path in site.rglob("*.css"):
        asked = re.findall(r"(?:url\(|@import\s+)[\"']?(https?:)?//[^)]*", path.read_text("utf-8"))
        assert not asked, path.name


def test_every_picture_has_alternative_text_and_every_figure_a_number(site, pages):
    for path, page in pages.items():
        for picture in page.pictures:
            assert len(picture.get("alt", "").split()) >= 3, (path.name, picture.get("src"))
    for lesson in all_lessons():
        pictures = [
            output
            for cell in nbformat.read(lesson.solution, as_version=4).cells
            for output in cell.get("outputs", [])
            if "image/png" in output.get("data", {}) and "text/html" not in output.data
        ]
        text = pages[site / "lessons" / f"{lesson.assignment}.html"].text
        for number in range(1, len(pictures) + 1):
            assert f"Figure {lesson.number}.{number}." in text


def test_the_students_notebook_is_there_for_download(site):
    for lesson in all_lessons():
        assert (site / "course" / lesson.assignment / lesson.release.name).read_bytes() == (
            lesson.release.read_bytes()
        )


def test_while_the_public_address_is_unset_nothing_launches(pages):
    for page in pages.values():
        assert not [link for link in page.links if "mybinder" in link or "colab" in link]


@pytest.fixture(scope="module")
def one_lesson(tmp_path_factory):
    """A course of the shortest lesson alone."""
    root = tmp_path_factory.mktemp("course")
    lesson = min(all_lessons(), key=lambda each: each.solution.stat().st_size)
    for place in (lesson.source.parent, lesson.release.parent):
        shutil.copytree(place, root / place.relative_to(lesson.root))
    return Lesson(lesson.assignment, root)


def test_the_instructors_edition_has_answers_and_hidden_tests(one_lesson, tmp_path):
    address = "public_address=https://github.com/owner/some.course/tree/main"
    done = build_site(tmp_path, "-t", "instructors", "-D", address, lessons_root=one_lesson.root)
    assert not done.returncode, done.stderr
    page = Page(tmp_path / "site" / "lessons" / f"{one_lesson.assignment}.html")
    assert "BEGIN HIDDEN TESTS" in page.text
    assert "Model answer" in page.text
    assert "Instructors’ edition" in page.text
    path = f"course/{one_lesson.assignment}/{one_lesson.name}.ipynb"
    repository = "owner/some.course"
    assert f"https://mybinder.org/v2/gh/{repository}/main?urlpath=lab/tree/{path}" in page.links
    colab = f"https://colab.research.google.com/github/{repository}/blob/main/{path}"
    assert colab in page.links
    assert f"%pip install --no-deps git+https://github.com/{repository}@main" in page.text


def test_a_lesson_without_a_notebook_is_named(one_lesson, tmp_path):
    shutil.copytree(one_lesson.root, tmp_path / "course")
    Lesson(one_lesson.assignment, tmp_path / "course").solution.unlink()
    done = build_site(tmp_path, lessons_root=tmp_path / "course")
    assert done.returncode
    assert f"make notebooks` (LESSON={one_lesson.assignment}" in done.stderr
