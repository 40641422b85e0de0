"""Write each lesson as a page into ``docs/lessons`` before Sphinx reads the folder."""

import html
import re
import shutil
from pathlib import Path

import nbformat
from sphinx.errors import ConfigError

from em_authoring.lesson import ROOT, lessons
from em_authoring.public_edition import public

GITHUB = re.compile(r"https://github\.com/([\w.-]+)/([\w.-]+)/tree/([\w./-]+?)/?")


def write_pages(app, config):
    """One notebook a lesson, in the public edition or the instructors', and their list."""
    taught = lessons(Path(config.lessons_root))
    missing = [lesson.assignment for lesson in taught if not lesson.solution.exists()]
    if missing:
        raise ConfigError(
            f"{', '.join(missing)}: no notebook is built from the source; run `make notebooks` "
            f"(LESSON={missing[0]} for one)."
        )
    folder = Path(app.confdir) / "lessons"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    instructors = app.tags.has("instructors")
    titles = {}
    for lesson in taught:
        notebook = nbformat.read(lesson.solution, as_version=4)
        titles[lesson] = notebook.cells[0].source.splitlines()[0].removeprefix("# ")
        shown = notebook if instructors else public(notebook)
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


def adapt(cell, instructors):
    """Say how a page shows a cell: checks fold, and so do hidden tests unless they are left out."""
    marking = cell.metadata.get("nbgrader", {})
    tags = [tag for tag in cell.metadata.get("tags", []) if tag != "raises-exception"]
    kind, _, name = marking.get("grade_id", "").partition("-")
    if kind == "test":
        tags.append("hide-input" if instructors else "remove-cell")
    if kind == "check":
        tags.append("hide-input")
    if kind in ("check", "test"):
        said = {"check": "The check", "test": "The hidden test"}[kind]
        cell.metadata["mystnb"] = {
            "code_prompt_show": f"{said} of {name}",
            "code_prompt_hide": f"{said} of {name}",
        }
    if cell.cell_type == "code" and marking.get("solution"):
        tags.append("exercise")
    if tags:
        cell.metadata["tags"] = tags


def number_figures(notebook, lesson):
    """Make of each picture a numbered figure; its description is its alternative text as well."""
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
    """The line below a lesson's title: where its notebook is, and what opens it."""
    edition = '<p class="edition">Instructors’ edition: answers and hidden tests.</p>\n\n'
    path = f"course/{lesson.assignment}/{lesson.release.name}"
    links = [f'<a href="../{path}" download>Download the students’ notebook</a>']
    needs = ""
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
        needs = f' In Colab, run <code class="colab">{install}</code> in a cell of its own first.'
    return (
        edition * instructors
        + f'<p class="open-lesson">{" · ".join(links)}. It is <code>{path}</code>.{needs}</p>'
    )


def published(address):
    """Owner, repository and branch of the public address."""
    found = GITHUB.fullmatch(address)
    if not found:
        raise ConfigError(
            f"public_address is {address!r}; "
            f"https://github.com/OWNER/NAME/tree/BRANCH was expected."
        )
    return found.groups()


def write_list(folder, titles):
    """The lessons with their titles, for the navigation and for the opening page."""
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
    """Put the students' notebooks beside the pages, for download."""
    if exception is None and app.builder.format == "html":
        for lesson in lessons(Path(app.config.lessons_root)):
            place = Path(app.outdir) / "course" / lesson.assignment / lesson.release.name
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(lesson.release, place)


def setup(app):
    """Sphinx's way in."""
    app.add_config_value("lessons_root", str(ROOT), "env")
    app.add_config_value("public_address", "", "env")
    app.connect("config-inited", write_pages)
    app.connect("build-finished", copy_notebooks)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
