import subprocess
import sys

import rl_helpers  # noqa: F401  registers Bob's worlds
from rl_helpers import widgets
from rl_helpers.widgets.player import Player
from rl_helpers.widgets.stepper import Stepper


def test_scripts_and_styles_come_with_the_package():
    for widget in (Player, Stepper, widgets.PictureSlider):
        assert "export default" in str(widget._esm)
        assert ".bob-player" in str(widget._css)


def test_importing_the_course_does_not_import_widgets():
    code = "import sys, rl_helpers; sys.exit(any('widget' in name for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
