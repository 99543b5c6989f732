"""`python -m tools.notebooks`."""

import sys

from tools.notebooks.build import main

if __name__ == "__main__":
    sys.exit(main())
