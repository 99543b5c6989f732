import subprocess
import sys
from pathlib import Path


def test_filming_does_not_wait_for_moviepy():
    code = "import sys, rl_helpers.gifs; sys.exit('moviepy' in sys.modules or 'matplotlib' in sys.modules)"
    root = Path(__file__).resolve().parents[2]
    assert subprocess.run([sys.executable, "-c", code], cwd=root).returncode == 0
