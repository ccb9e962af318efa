"""The adapter with public-key cryptography and MLS; needs the package `cryptography`.

    mimi vectors verify --impl "python3 vectors/adapters/python-mls/adapter.py"
"""

import sys
from pathlib import Path

# What needs no more than the standard library is the other adapter's.
sys.path.append(str(Path(__file__).parents[1] / "python"))

import credentials  # noqa: E402
import flows  # noqa: E402
import groups  # noqa: E402
import loop  # noqa: E402
import multi  # noqa: E402
import operations  # noqa: E402
import signed  # noqa: E402

MODULES = (operations, signed, multi, credentials, groups, flows)

if __name__ == "__main__":
    loop.answer_all("python-mls", {name: each for module in MODULES for name, each in module.OPERATIONS.items()})
