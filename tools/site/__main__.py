"""`python -m tools.site`."""

import sys

from tools.site.build import main

if __name__ == "__main__":
    sys.exit(main())
