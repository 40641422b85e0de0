"""Sphinx extension that writes each lesson as a page, into ``docs/lessons``."""

import html
import re
import shutil
from pathlib import Path

import nbformat
from sphinx.errors import ConfigError

from em_authoring.lesson_paths import ROOT, all_lessons
from em_authoring.website_notebook import public_edition

GITHUB = re.compile(r"https://github\.com/([\w.-]+)/([\w.-]+)/tree/([\w./-]+?)/?")


def write_pages(app, config):
    """Write one notebook per lesson, in the public or the instructors' edition, and their list."""
    taught = all_lessons(Path(config.lessons_root))
    missing = [lesson.assignment for lesson in taught if not lesson.solution.exists()]
    if missing:
        raise ConfigError(
            f"{', '.join(missing)}: the notebook is missing, so there is no page to write; run "
            f"`make notebooks` (LESSON={missing[0]} for one lesson)."
        )
    folder = Path(app.confdir) / "lessons"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    instructors = app.tags.has("instructors")
    titles = {}
    for lesson in taught:
        notebook = nbformat.read(lesson.solution, as_version=4)
        titles[lesson] = notebook.cells[0].source.splitlines()[0].removeprefix("# ")
        shown = notebook if instructors else students_page(notebook, lesson)
        number_figures(shown, lesson)
        for cell in shown.cells:
            adapt(cell, instructors)
        open_it = nbformat.v4.new_markdown_cell(opening(lesson, config.public_address, instructors))
        head, *rest = shown.cells
        title, _, text = head.source.partition("\n")
        head.source = f"# Lesson {lesson.number}. {title.removeprefix('# ')}"
        below = [nbformat.v4.new_markdown_cell(text)] if text.strip() else []
        shown.cells = [head, open_it, *below, *rest]
        nbformat.write(shown, folder / f"{lesson.assignment}.ipynb")
    write_list(Path(app.confdir) / "_generated", titles)


def students_page(executed, lesson):
    """Make the public edition of a lesson's executed notebook.

    Raises
    ------
    ConfigError
        The students' notebook is not built from the same source.
    """
    try:
        return public_edition(executed, nbformat.read(lesson.release, as_version=4))
    except (FileNotFoundError, ValueError) as error:
        raise ConfigError(
            f"{lesson.assignment}: {error}; run `make notebooks LESSON={lesson.assignment}`."
        ) from error


def adapt(cell, instructors):
    """Tag a cell for the page: checks and hidden tests fold; students do not see hidden tests."""
    marking = cell.metadata.get("nbgrader", {})
    tags = [tag for tag in cell.metadata.get("tags", []) if tag != "raises-exception"]
    kind, _, name = marking.get("grade_id", "").partition("-")
    if kind == "test":
        tags.append("hide-input" if instructors else "remove-cell")
    if kind == "check":
        tags.append("hide-input")
    if kind in ("check", "test"):
        title = {"check": "The check", "test": "The hidden test"}[kind]
        cell.metadata["mystnb"] = {
            "code_prompt_show": f"{title} of {name}",
            "code_prompt_hide": f"{title} of {name}",
        }
    if cell.cell_type == "code" and marking.get("solution"):
        tags.append("exercise")
    if tags:
        cell.metadata["tags"] = tags


def number_figures(notebook, lesson):
    """Make each picture a numbered figure whose caption is its alternative text."""
    number = 0
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            alt = output.get("metadata", {}).get("image/png", {}).get("alt")
            if not alt or "text/html" in output.data:
                continue
            number += 1
            caption = re.sub(r"([\\`*_{}\[\]<>#$|~^])", r"\\\1", alt)
            cell.metadata["mystnb"] = {
                "image": {"alt": alt},
                "figure": {
                    "caption": f"**Figure {lesson.number}.{number}.** {caption}",
                    "name": f"figure-{lesson.number}-{number}",
                },
            }


def opening(lesson, address, instructors):
    """Return the line below a lesson's title, with links to the students' notebook."""
    edition = '<p class="edition">Instructors’ edition: answers and hidden tests.</p>\n\n'
    path = f"course/{lesson.assignment}/{lesson.release.name}"
    links = [f'<a href="../{path}" download>Download the students’ notebook</a>']
    colab_note = ""
    if address:
        owner, name, branch = published(address)
        links += [
            f'<a href="https://mybinder.org/v2/gh/{owner}/{name}/{branch}'
            f'?urlpath=lab/tree/{path}">Open in Binder</a>',
            f'<a href="https://colab.research.google.com/github/{owner}/{name}/blob/{branch}/{path}">'
            f"Open in Colab</a>",
        ]
        install = html.escape(
            f"%pip install --no-deps git+https://github.com/{owner}/{name}@{branch}"
        )
        colab_note = (
            f' In Colab, first run <code class="colab">{install}</code> in a separate cell.'
        )
    return (
        edition * instructors
        + f'<p class="open-lesson">{" · ".join(links)}. It is <code>{path}</code>.{colab_note}</p>'
    )


def published(address):
    """Return the owner, the repository and the branch that the public address names."""
    match = GITHUB.fullmatch(address)
    if not match:
        raise ConfigError(
            f"public_address is {address!r}; "
            f"https://github.com/OWNER/NAME/tree/BRANCH was expected."
        )
    return match.groups()


def write_list(folder, titles):
    """Write the list of lessons for the navigation and for the opening page."""
    folder.mkdir(exist_ok=True)
    entries, lines = [], []
    for lesson, title in titles.items():
        short, _, rest = title.partition(": ")
        page = f"lessons/{lesson.assignment}"
        entries.append(f"{lesson.number}. {short} <{page}>")
        lines.append(f"{lesson.number}. [{short}]({page}.ipynb){': ' * bool(rest)}{rest}")
    toctree = "\n".join(["```{toctree}", ":caption: Lessons", ":hidden:", "", *entries, "```"])
    (folder / "lessons.md").write_text("\n".join([*lines, "", toctree, ""]), "utf-8")


def copy_notebooks(app, exception):
    """Copy the students' notebooks into the site, for download."""
    if exception is None and app.builder.format == "html":
        for lesson in all_lessons(Path(app.config.lessons_root)):
            copy = Path(app.outdir) / "course" / lesson.assignment / lesson.release.name
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(lesson.release, copy)


def setup(app):
    """Register the extension with Sphinx."""
    app.add_config_value("lessons_root", str(ROOT), "env")
    app.add_config_value("public_address", "", "env")
    app.connect("config-inited", write_pages)
    app.connect("build-finished", copy_notebooks)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
