"""`python -m tools.browser`."""

import sys

from tools.browser.station import main

if __name__ == "__main__":
    sys.exit(main())
