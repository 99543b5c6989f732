"""`python -m tools.load`."""

import sys

from tools.load.classroom import main

if __name__ == "__main__":
    sys.exit(main())
