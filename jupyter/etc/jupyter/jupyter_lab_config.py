"""How JupyterLab behaves in this course.

Installing the package puts this file into the environment's etc/jupyter, where every `jupyter lab` finds it.
The sign-in token stays on, as Jupyter has it.
"""

import os
from pathlib import Path

from jupyter_core.paths import jupyter_config_dir

c = get_config()  # noqa: F821

# Only this computer can connect. Binder's own command line says otherwise, and the command line wins.
c.ServerApp.ip = "127.0.0.1"

# Nothing is fetched while the course runs: it works on a train.
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
c.LabApp.extension_manager = "readonly"

# Kernels talk to the server encrypted; without this each one starts with a warning that frightens learners.
c.KernelManager.transport_encryption = "auto"

# One kernel, this environment's: with another one nothing of the course is found.
c.KernelSpecManager.allowed_kernelspecs = {"python3"}

# No search for language servers: nothing of the course uses one, and their list would be the last line shown.
c.LanguageServerManager.autodetect = False

# What learners need not open: git and editors see it as before.
c.ContentsManager.hide_globs = ["__pycache__", "*.pyc", "*.pyo", ".DS_Store", "*~", "src", "instructors"]

# Links with a line under them, a ring around what has the focus; a custom.css of one's own comes first.
c.LabApp.custom_css = True
folders = [Path(jupyter_config_dir(), "custom"), Path(__file__).with_name("custom")]
c.ServerApp.tornado_settings = {"static_custom_path": [os.fspath(folder) for folder in folders]}
