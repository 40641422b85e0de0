"""Each "(4.7)" is a link to its display, which shows itself when the pointer rests on the link."""

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
    """Give each tagged display an id, and remember where it stands and what it says."""
    equations = app.env.__dict__.setdefault("equations", {})
    for block in doctree.findall(nodes.math_block):
        tex = block.astext()
        for number in TAG.findall(tex):
            block["ids"].append(f"equation-{number}")
            equations[number] = (app.env.docname, tex)
        # as it stands: Sphinx would put lines into a split, which takes no tag
        block.children[:] = []
        block += nodes.Text(f"\\[{tex}\\]")
        block["no-wrap"] = True


def forget(app, env, docname):
    """Drop what a page said that is read again."""
    equations = env.__dict__.setdefault("equations", {})
    for number in [n for n, (page, _) in equations.items() if page == docname]:
        del equations[number]


def merge(app, env, docnames, other):
    """Join what parallel readers found."""
    env.__dict__.setdefault("equations", {}).update(other.__dict__.get("equations", {}))


def link(app, doctree, docname):
    """Turn the numbers in running text, and those that docstrings cite, into links."""
    equations = app.env.__dict__.get("equations", {})
    for text in list(doctree.findall(nodes.Text)):
        if isinstance(text.parent, (nodes.literal, nodes.literal_block, nodes.math, nodes.reference,
                                    nodes.math_block, nodes.raw, nodes.title)):  # fmt: skip
            continue
        pieces, end, said = [], 0, text.astext()
        for start, stop, number in sorted(citations(said)):
            if number in equations:
                pieces.append(nodes.Text(said[end:start]))
                there = equations[number][0]
                pieces.append(reference(app, docname, there, number, said[start:stop]))
                end = stop
        if pieces:
            pieces.append(nodes.Text(said[end:]))
            text.parent.replace(text, pieces)


def citations(text):
    """Where equations are cited, as "(4.7)" or, in docstrings, as "equations 4.7 and 4.9"."""
    for found in NUMBER.finditer(text):
        yield found.start(), found.end(), found[1]
    for group in CITATION.finditer(text):
        for found in CITED.finditer(text, group.start(), group.end()):
            yield found.start(), found.end(), found[1]


def reference(app, here, there, number, shown):
    """A link from one page to an equation on another."""
    target = app.builder.get_relative_uri(here, there) if here != there else ""
    node = nodes.reference(shown, shown, refuri=f"{target}#equation-{number}", internal=True)
    node["classes"].append("equation-link")
    return node


def write_previews(app, exception):
    """What the links show: the TeX of each display, as a script, so that it works from a folder."""
    if exception is None and app.builder.format == "html":
        equations = app.env.__dict__.get("equations", {})
        tex = {number: text for number, (_, text) in sorted(equations.items())}
        path = Path(app.outdir) / "_static" / "equations-tex.js"
        path.write_text(f"window.equationTex = {json.dumps(tex)};\n", "utf-8")


def setup(app):
    """Sphinx's way in."""
    app.add_js_file("equations-tex.js")
    app.set_html_assets_policy("always")  # a preview shows mathematics on pages that have none
    app.connect("doctree-read", collect)
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", merge)
    app.connect("doctree-resolved", link)
    app.connect("build-finished", write_previews)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "version": "1"}
