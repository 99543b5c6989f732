"""Runs first in every kernel of the course: an error of the set-up also says what to do about it."""


def _install():
    shell = get_ipython()  # noqa: F821

    def show(shell, kind, error, traceback, tb_offset=None):
        try:
            from rl_helpers.notebook.advice import advice

            words = advice(error)
            if words:
                error.add_note(f"\nWhat to do: {words}")
        except Exception:  # Whatever happens here, the error itself must be shown.
            pass
        shell.showtraceback((kind, error, traceback), tb_offset=tb_offset)

    shell.set_custom_exc((Exception,), show)


_install()
del _install
