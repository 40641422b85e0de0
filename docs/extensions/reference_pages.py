"""Sphinx extension that writes the library's reference, one page per subject."""

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
"""Each page's title and modules. A name that several modules export is on the first page."""


def public_names(module):
    """List a module's public names: ``__all__``, or the functions and classes that it defines."""
    if hasattr(module, "__all__"):
        return sorted(module.__all__, key=str.lower)
    return [
        name
        for name, value in vars(module).items()
        if not name.startswith("_") and getattr(value, "__module__", "") == module.__name__
    ]


def documented():
    """Assign every public name to the page that documents it.

    Returns
    -------
    dict of str to list of (module, name)
        By the page's name.
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
    """Return the autodoc directive for a name."""
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
    """Write the pages."""
    folder = Path(app.confdir) / "reference"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for page, entries in documented().items():
        title, _ = PAGES[page]
        parts = [f"# {title}", ""]
        for module in dict.fromkeys(module for module, _ in entries):
            if module.__name__ != "em_helpers":
                automodule = f".. automodule:: {module.__name__}\n   :no-index:"
                parts += [f"```{{eval-rst}}\n{automodule}\n```\n"]
            names = [name for owner, name in entries if owner is module]
            body = "\n\n".join(directive(module, name) for name in names)
            parts += [f"```{{eval-rst}}\n{body}\n```\n"]
        (folder / f"{page}.md").write_text("\n".join(parts), "utf-8")


def keep_bars(app, what, name, value, options, lines):
    """Escape the bars of a determinant, which reStructuredText would read as a substitution."""
    for i, line in enumerate(lines):
        if not line.lstrip().startswith((">>>", "...")):
            pieces = re.split(r"(``.*?``)", line)
            pieces[::2] = [piece.replace("|", r"\|") for piece in pieces[::2]]
            lines[i] = "".join(pieces)


def setup(app):
    """Register the extension with Sphinx."""
    app.connect("autodoc-process-docstring", keep_bars, priority=400)
    app.connect("config-inited", write_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
