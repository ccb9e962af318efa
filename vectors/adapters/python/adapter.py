"""Answers the cases of the vectors on standard input and output, with Python's standard library and nothing else.

    mimi vectors verify --impl "python3 vectors/adapters/python/adapter.py"
"""

import loop
from operations import OPERATIONS

if __name__ == "__main__":
    loop.answer_all("python", OPERATIONS)
