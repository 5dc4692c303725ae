"""A module that cannot be imported."""

import sys

print("about to fail", file=sys.stderr)

raise RuntimeError("the model file is missing")
