"""Runs first in every kernel of the course: `plt.show()` gives charts that do not glare in a dark theme."""


def _install():
    def as_html(fig):
        try:
            from rl_helpers.notebook.own_charts import shown_as_ours

            return shown_as_ours(fig)
        except Exception:  # Whatever happens here, the chart itself must be shown.
            return None

    pages = get_ipython().display_formatter.formatters["text/html"]  # noqa: F821
    # For the class above `Figure`: what is said of that one is forgotten when pyplot starts.
    pages.for_type_by_name("matplotlib.figure", "FigureBase", as_html)


_install()
del _install
