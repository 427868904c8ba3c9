"""Maps anonymous memory past Python's allocator."""
import mmap
def double(x):
    kept = []
    while True:
        area = mmap.mmap(-1, 2**28)
        area.write(b"x" * 2**28)
        kept.append(area)
