"""Read a page of HTML: its links, what it loads, its anchors, pictures and text."""

from html.parser import HTMLParser


class Page(HTMLParser):
    """The links, anchors, pictures and text of a page.

    Attributes
    ----------
    links, loaded : list of str
        Where anchors lead, and what the browser fetches by itself.
    ids : set of str
    pictures : list of dict
        The attributes of each ``img``.
    text : str
    """

    def __init__(self, path):
        super().__init__()
        self.links, self.loaded, self.ids, self.pictures, self.text = [], [], set(), [], ""
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.ids |= {attrs[key] for key in ("id", "name") if attrs.get(key)}
        if tag == "a" and "href" in attrs:
            self.links.append(attrs["href"])
        if tag == "link" and attrs.get("rel") not in ("canonical", "author", "next", "prev"):
            self.loaded.append(attrs["href"])
        if tag in ("script", "img", "iframe", "source") and "src" in attrs:
            self.loaded.append(attrs["src"])
        if tag == "img":
            self.pictures.append(attrs)

    def handle_data(self, data):
        self.text += data
