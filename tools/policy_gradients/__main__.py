"""`python -m tools.policy_gradients`."""

import sys

from tools.policy_gradients.measuring import main

if __name__ == "__main__":
    sys.exit(main())
