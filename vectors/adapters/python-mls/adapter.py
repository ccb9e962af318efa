"""The adapter for what the standard library has no cryptography for; needs the package `cryptography`.

    mimi vectors verify --impl "python3 vectors/adapters/python-mls/adapter.py"
"""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "python"))

import flows  # noqa: E402
import groups  # noqa: E402
import loop  # noqa: E402
import multi  # noqa: E402
import signed  # noqa: E402

if __name__ == "__main__":
    loop.answer_all("python-mls", {**signed.OPERATIONS, **groups.OPERATIONS, **flows.OPERATIONS, **multi.OPERATIONS})
