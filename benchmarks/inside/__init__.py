"""Measurements made inside a data folder: each is run by `benchmarks.homes.inside`.

A database is chosen by the environment before Django starts, so these run in processes of their
own and print what they found as one line of JSON.
"""

import json
import sys
from typing import Any


def tell(found: dict[str, Any]) -> None:
    """Hand the findings to the benchmark that asked."""
    sys.stdout.write(json.dumps(found) + "\n")
