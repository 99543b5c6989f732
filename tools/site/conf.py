"""Sphinx's settings for the site. Nothing is executed, and no page asks anything of another server."""

import re

from tools.site import build

project = "Bob learns"
author = "The rl_helpers authors"
copyright = "The rl_helpers authors. Code: BSD 3-Clause. Texts, pictures and films: CC BY 4.0"
language = "en"

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.mathjax"]
suppress_warnings = [
    "myst.header",  # a cell may begin with a heading of any level
    "toc.not_included",  # a licence is linked to, and listed nowhere
    "ref.python",  # words such as `name` are attributes of several classes
]

# Notebooks: what is stored in them.
nb_execution_mode = "off"
nb_merge_streams = True
nb_ipywidgets_js = {}  # Without a kernel there are no controls, so what draws them is not fetched from a CDN.
myst_enable_extensions = ["dollarmath"]
myst_heading_anchors = 3
mathjax_path = "tex-svg.js"
mathjax3_config = {"options": {"enableMenu": False}}  # The menu would fetch its parts from a CDN.

# The reference.
autodoc_member_order = "bysource"
autodoc_typehints = "none"
napoleon_numpy_docstring = False
napoleon_use_ivar = True  # One entry for all attributes, not one each.
napoleon_use_param = False
napoleon_use_rtype = False
napoleon_custom_sections = ["Source"]
default_role = "py:obj"  # `TableAgent` leads there; what is no object of the package is set as code.
add_module_names = False
toc_object_entries_show_parents = "hide"

# The theme.
html_theme = "sphinx_book_theme"
html_title = project
html_static_path = ["_static"]
html_css_files = ["widgets.css", "site.css"]
html_js_files = [(name, {"defer": "defer"}) for name in ("quiz.js", "slider.js", "site.js")]
html_permalinks_icon = "¶"
html_context = {"default_mode": "auto"}  # light or dark, as the reader's system is
html_theme_options = {
    "navbar_persistent": [],  # One field to search in is enough: the one at the side.
    "show_toc_level": 2,
    "show_navbar_depth": 1,
    "use_fullscreen_button": False,
}
_repository = build.repository()
if _repository:
    html_theme_options |= {
        "repository_url": f"https://github.com/{_repository}",
        "use_repository_button": True,
        "use_issues_button": True,
        "launch_buttons": {"binderhub_url": "https://mybinder.org", "notebook_interface": "jupyterlab"},
    }


def _read_as_written(app, kind, name, thing, options, lines):
    """Let a plural follow a name, as in `Meeting`s, which reStructuredText would refuse."""
    lines[:] = [re.sub(r"(?<!`)(`[^`]+`)(?=\w)", r"\1\\ ", line) for line in lines]


def setup(app):
    """Called by Sphinx."""
    app.connect("autodoc-process-docstring", _read_as_written)
