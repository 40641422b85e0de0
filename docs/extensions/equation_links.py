"""Sphinx extension that links each "(4.7)" to its equation and shows the equation as a preview."""

import json
import re
from pathlib import Path

from docutils import nodes

TAG = re.compile(r"\\tag\{(\d{1,2}\.\d{1,2})\}")
NUMBER = re.compile(r"\(([1-9]\d?\.[1-9]\d?)\)")
CITATION = re.compile(
    r"\bequations?\s+[1-9]\d?\.[1-9]\d?\b(?:(?:,|;|\s|and|or|to|–)+[1-9]\d?\.[1-9]\d?\b)*",
    re.IGNORECASE,
)
CITED = re.compile(r"\b([1-9]\d?\.[1-9]\d?)\b")


def collect(app, doctree):
    """Give each numbered equation an id, and record its page and its TeX."""
    equations = app.env.__dict__.setdefault("equations", {})
    for block in doctree.findall(nodes.math_block):
        tex = block.astext()
        for number in TAG.findall(tex):
            block["ids"].append(f"equation-{number}")
            equations[number] = (app.env.docname, tex)
        # Sphinx would wrap several lines in a split environment, which cannot contain \tag.
        block.children[:] = []
        block += nodes.Text(f"\\[{tex}\\]")
        block["no-wrap"] = True


def forget(app, env, docname):
    """Remove the equations of a page that Sphinx is about to read again."""
    equations = env.__dict__.setdefault("equations", {})
    for number in [number for number, (page, _) in equations.items() if page == docname]:
        del equations[number]


def merge(app, env, docnames, other):
    """Add the equations that a parallel process has collected."""
    env.__dict__.setdefault("equations", {}).update(other.__dict__.get("equations", {}))


def link(app, doctree, docname):
    """Turn the equation numbers in running text and in docstrings into links."""
    equations = app.env.__dict__.get("equations", {})
    for text in list(doctree.findall(nodes.Text)):
        if isinstance(text.parent, (nodes.literal, nodes.literal_block, nodes.math, nodes.reference,
                                    nodes.math_block, nodes.raw, nodes.title)):  # fmt: skip
            continue
        pieces, end, source = [], 0, text.astext()
        for start, stop, number in sorted(citations(source)):
            if number in equations:
                pieces.append(nodes.Text(source[end:start]))
                target_page = equations[number][0]
                pieces.append(reference(app, docname, target_page, number, source[start:stop]))
                end = stop
        if pieces:
            pieces.append(nodes.Text(source[end:]))
            text.parent.replace(text, pieces)


def citations(text):
    """Find citations of equations, as "(4.7)" or, in docstrings, as "equations 4.7 and 4.9".

    Parameters
    ----------
    text : str

    Yields
    ------
    start, end : int
        The position of the citation in the text.
    number : str
        The equation's number.
    """
    for match in NUMBER.finditer(text):
        yield match.start(), match.end(), match[1]
    for group in CITATION.finditer(text):
        for match in CITED.finditer(text, group.start(), group.end()):
            yield match.start(), match.end(), match[1]


def reference(app, page, target_page, number, text):
    """Make a link from one page to an equation on the same or another page."""
    address = app.builder.get_relative_uri(page, target_page) if page != target_page else ""
    node = nodes.reference(text, text, refuri=f"{address}#equation-{number}", internal=True)
    node["classes"].append("equation-link")
    return node


def write_previews(app, exception):
    """Write the TeX of each equation, which links preview, as a script.

    A script, unlike a JSON file, also loads if the site is opened from a folder.
    """
    if exception is None and app.builder.format == "html":
        equations = app.env.__dict__.get("equations", {})
        tex = {number: text for number, (_, text) in sorted(equations.items())}
        path = Path(app.outdir) / "_static" / "equations-tex.js"
        path.write_text(f"window.equationTex = {json.dumps(tex)};\n", "utf-8")


def setup(app):
    """Register the extension with Sphinx."""
    app.add_js_file("equations-tex.js")
    # A preview shows mathematics, also on pages that contain none.
    app.set_html_assets_policy("always")
    app.connect("doctree-read", collect)
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", merge)
    app.connect("doctree-resolved", link)
    app.connect("build-finished", write_previews)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "version": "1"}
