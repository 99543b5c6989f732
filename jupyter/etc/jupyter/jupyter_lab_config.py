"""How JupyterLab behaves in this course.

Installing the package puts this file into the environment's etc/jupyter, where every `jupyter lab` finds it.
The sign-in token stays on, as Jupyter has it.
"""

c = get_config()  # noqa: F821

# Only this computer can connect. Binder's own command line says otherwise, and the command line wins.
c.ServerApp.ip = "127.0.0.1"

# Nothing is fetched while the course runs: it works on a train.
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
c.LabApp.extension_manager = "readonly"

# Kernels talk to the server encrypted; without this each one starts with a warning that frightens learners.
c.KernelManager.transport_encryption = "auto"
