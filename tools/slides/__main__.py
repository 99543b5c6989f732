"""`python -m tools.slides`."""

import sys

from tools.slides.decks import main

if __name__ == "__main__":
    sys.exit(main())
