"""Find the elements, attributes and addresses of a page that a browser would run."""

from html.parser import HTMLParser

import nbconvert


def active_parts(notebook):
    """List what a browser would run of a notebook's page, without the template's own scripts."""
    exporter = nbconvert.HTMLExporter(template_name="basic")
    body, _ = exporter.from_notebook_node(notebook)
    return active_in(body)


def active_in(body):
    """List what a browser would run of a piece of HTML."""
    parser = _ActiveParts()
    parser.feed(body)
    return parser.found


class _ActiveParts(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        if tag in ("script", "iframe", "object", "embed", "svg", "form", "link", "base"):
            self.found.append(tag)
        for name, value in attributes:
            address = (value or "").strip().lower()
            if name.startswith("on") or address.startswith(("javascript:", "data:text")):
                self.found.append(f"{tag} {name}={value}")
