"""Copies out of one half of a piece of memory and into the other, for each byte that it reads: into new memory each time, as a
command is given it, or into memory that it has from the start."""

import mmap
import os
import sys

path, size, is_new = sys.argv[1], int(sys.argv[2]), sys.argv[3] == "new"
descriptor = os.open(path, os.O_RDWR)
shared = memoryview(mmap.mmap(descriptor, 2 * size))
own = memoryview(bytearray(size))
while os.read(0, 1):
    if is_new:
        shared[size:] = bytes(shared[:size])
    else:
        own[:] = shared[:size]
        shared[size:] = own
    os.write(1, b"\0")
