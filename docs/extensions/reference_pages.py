"""Write a page of the library's reference for each room, from what the room says is public."""

import inspect
import re
import shutil
from importlib import import_module
from pathlib import Path

PAGES = {
    "models": ("Models", ["em_helpers.models"]),
    "em": ("Bounds, the EM loop, initialization", ["em_helpers"]),
    "approximate": ("Approximate EM", ["em_helpers.approximate"]),
    "checks": ("Checks", ["em_helpers.checks", "em_helpers.checks.simulated"]),
    "plots": ("Figures", ["em_helpers.plots"]),
    "datasets": ("Data", ["em_helpers.datasets"]),
}
"""Each page's title, and the modules whose public names it holds that no page before it has."""


def public_names(module):
    """What a module offers: ``__all__``, or the functions and classes that it defines itself."""
    if hasattr(module, "__all__"):
        return sorted(module.__all__, key=str.lower)
    return [
        name
        for name, value in vars(module).items()
        if not name.startswith("_") and getattr(value, "__module__", "") == module.__name__
    ]


def documented():
    """Every public name with the page that documents it, as the modules say it.

    Returns
    -------
    dict of str to list of (module, name)
    """
    seen, pages = set(), {}
    for page, (_, modules) in PAGES.items():
        for module in map(import_module, modules):
            for name in public_names(module):
                value = getattr(module, name)
                if id(value) not in seen:
                    seen.add(id(value))
                    pages.setdefault(page, []).append((module, name))
    return pages


def directive(module, name):
    """What autodoc is to write for a name."""
    value = getattr(module, name)
    full = f"{module.__name__}.{name}"
    if inspect.isclass(value) and issubclass(value, BaseException):
        return f".. autoexception:: {full}"
    if inspect.isclass(value):
        inherited = "" if issubclass(value, tuple) else "\n   :inherited-members:"
        return f".. autoclass:: {full}\n   :members:{inherited}"
    if callable(value):
        return f".. autofunction:: {full}"
    return f".. autodata:: {full}"


def write_pages(app, config):
    """One page a room."""
    folder = Path(app.confdir) / "reference"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for page, entries in documented().items():
        title, _ = PAGES[page]
        parts = [f"# {title}", ""]
        for module in dict.fromkeys(module for module, _ in entries):
            if module.__name__ != "em_helpers":
                told = f".. automodule:: {module.__name__}\n   :no-index:"
                parts += [f"```{{eval-rst}}\n{told}\n```\n"]
            own = [name for each, name in entries if each is module]
            body = "\n\n".join(directive(module, name) for name in own)
            parts += [f"```{{eval-rst}}\n{body}\n```\n"]
        (folder / f"{page}.md").write_text("\n".join(parts), "utf-8")


def keep_bars(app, what, name, value, options, lines):
    """A determinant's bars are bars, where reStructuredText would see a substitution."""
    for place, line in enumerate(lines):
        if not line.lstrip().startswith((">>>", "...")):
            pieces = re.split(r"(``.*?``)", line)
            pieces[::2] = [piece.replace("|", r"\|") for piece in pieces[::2]]
            lines[place] = "".join(pieces)


def setup(app):
    """Sphinx's way in."""
    app.connect("autodoc-process-docstring", keep_bars, priority=400)
    app.connect("config-inited", write_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
