"""Writes back what it reads, so many bytes at a time, after all of them have come; into memory that it has from the start."""

import os
import sys
from io import FileIO

memory = memoryview(bytearray(int(sys.argv[1])))
source = FileIO(0)
while True:
    rest = memory
    while rest:
        count = source.readinto(rest)
        if not count:
            sys.exit()
        rest = rest[count:]
    rest = memory
    while rest:
        rest = rest[os.write(1, rest) :]
