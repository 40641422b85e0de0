"""Sphinx's configuration for the course's site, on which every lesson is a page.

``make site`` builds the public edition, and ``make site-instructors`` (``-t instructors``) the
edition with answers and hidden tests.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "extensions"))

# The address where the course is published, as in https://github.com/OWNER/NAME/tree/BRANCH. If it
# is set, each lesson's page links to the students' notebook in Binder, which builds
# environment.yml, and in Colab, for which the page shows the first cell to run.
public_address = ""

project = "Latent variable models and the EM algorithm"
author = "the authors of em-helpers"
copyright = "2026, the authors of em-helpers. Text CC BY 4.0, code BSD 3-Clause"
language = "en"
highlight_language = "text"

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_copybutton",
    "sphinx-mathjax-offline",
    "lesson_pages",
    "reference_pages",
    "opening_stepper",
    "equation_links",
    "equation_tests",
]
exclude_patterns = ["_generated", "extensions", "archive", "example-lesson"]

nb_execution_mode = "off"
nb_merge_streams = True
myst_enable_extensions = ["colon_fence", "dollarmath"]
myst_dmath_double_inline = True
myst_heading_anchors = 3
mathjax3_config = {"options": {"menuOptions": {"settings": {"assistiveMml": True}}}}

autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
autodoc_typehints = "none"
napoleon_google_docstring = False
napoleon_use_rtype = False

html_theme = "sphinx_book_theme"
html_title = "EM, derived and tested"
html_static_path = ["_static"]
html_favicon = "_static/favicon.svg"
html_css_files = ["course.css"]
html_js_files = ["equations.js", "reach.js"]
html_theme_options = {
    "navbar_persistent": [],
    "use_download_button": False,
    "use_fullscreen_button": False,
    "show_navbar_depth": 1,
    "show_toc_level": 1,
}
html_context = {"default_mode": "auto"}
html_use_index = False
html_copy_source = False
html_show_sourcelink = False
