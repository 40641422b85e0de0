"""Keep of a page's HTML what shows text, formulas and pictures, and nothing that acts.

The allow-lists serve everything that the grader shows of a notebook in HTML: Markdown as
nbconvert renders it, and formulas as MathML.
"""

import re
from xml.etree import ElementTree

import nh3


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


MATHML_ELEMENTS = _names("""
    math mrow mi mn mo mtext mspace ms mfrac msqrt mroot mstyle merror mpadded mphantom menclose
    msub msup msubsup munder mover munderover mmultiscripts mprescripts mtable mtr mtd
""")
MATHML_ATTRIBUTES = _names("""
    accent accentunder class columnalign columnlines columnspacing columnspan depth dir display
    displaystyle fence form height largeop linethickness lspace mathbackground mathcolor mathsize
    mathvariant maxsize minsize movablelimits notation rowalign rowlines rowspacing rowspan
    rspace scriptlevel separator stretchy style symmetric voffset width xmlns
""")
HTML_ELEMENTS = _names("""
    a abbr b blockquote br caption code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i img
    input ins kbd li mark ol p pre q s samp small span strong sub summary sup table tbody td
    tfoot th thead tr u ul var
""")
HTML_ATTRIBUTES = {
    "*": {"class", "lang", "title"},
    "a": {"href"},
    "details": {"open"},
    "div": {"style"},
    "img": {"alt", "height", "src", "width"},
    "input": {"checked", "disabled", "type"},
    "ol": {"start"},
    "span": {"style"},
    "td": {"colspan", "rowspan", "style"},
    "th": {"colspan", "rowspan", "scope", "style"},
}
URL_SCHEMES = frozenset({"http", "https", "mailto", "data"})
"""Schemes of links and pictures; ``data`` is for the pictures of ``_PICTURE`` alone."""

_CLASS = re.compile(
    r"highlight|linenos|[a-z][a-z0-9]{0,2}|language-[\w+#-]+|task-list-item(-checkbox)?"
    r"|menclose-[a-z]+|math-core-[a-z-]+|mermaid|jp-Mermaid"
)
"""What Pygments, nbconvert and the translator of formulas call parts of a page."""
_STYLE = re.compile(r"[\w\s:;%.#-]*")
"""Styles without functions, so without addresses."""
_STYLE_PROPERTIES = _names("""
    background-color color font-size font-style font-variant-caps font-weight justify-items
    margin-left margin-right padding-bottom padding-left padding-right padding-top text-align
    text-decoration vertical-align white-space width
""")
_PICTURE = re.compile(r"data:image/(png|jpeg|gif|svg\+xml);base64,[A-Za-z0-9+/=\s]*")
_RELATIVE_PATH = re.compile(r"(?!.*\.\.)[\w][\w ./%-]*")


def sanitize_html(html: str) -> str:
    """HTML without scripts, event handlers, styles that cover the page, or foreign pictures.

    Of a fragment that stands within a page's body, only allowed elements and attributes are kept.
    Links lead to pages or mail addresses; pictures are part of the page or lie beside it.
    """
    return _CLEANER.clean(html)


def is_inert_mathml(mathml: str) -> bool:
    """Whether a formula has allowed elements and attributes alone: no link, action or address.

    What is not well-formed XML is not inert.
    """
    try:
        elements = list(ElementTree.fromstring(mathml).iter())
    except ElementTree.ParseError:
        return False
    return all(
        element.tag in MATHML_ELEMENTS
        and MATHML_ATTRIBUTES.issuperset(element.attrib)
        and _STYLE.fullmatch(element.get("style", ""))
        for element in elements
    )


def _allowed_value(element: str, attribute: str, value: str) -> str | None:
    """What stays of an allowed attribute's value; None removes the attribute."""
    if attribute == "class":
        return " ".join(name for name in value.split() if _CLASS.fullmatch(name)) or None
    if attribute == "style":
        return value if _is_harmless_style(value) else None
    if (element, attribute) == ("a", "href"):
        return None if value.strip().lower().startswith("data:") else value
    if (element, attribute) == ("img", "src"):
        return value if _PICTURE.fullmatch(value) or _RELATIVE_PATH.fullmatch(value) else None
    if (element, attribute) == ("input", "type"):
        return value if value == "checkbox" else None
    return value


def _is_harmless_style(style: str) -> bool:
    names = [declaration.split(":")[0].strip() for declaration in style.split(";")]
    return bool(_STYLE.fullmatch(style)) and all(
        not name or name in _STYLE_PROPERTIES for name in names
    )


_CLEANER = nh3.Cleaner(
    tags=set(HTML_ELEMENTS | MATHML_ELEMENTS),
    clean_content_tags={"script", "style"},
    attributes={
        **{element: set(MATHML_ATTRIBUTES) for element in MATHML_ELEMENTS},
        **HTML_ATTRIBUTES,
    },
    attribute_filter=_allowed_value,
    url_schemes=set(URL_SCHEMES),
)
