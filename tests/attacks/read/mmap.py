"""Maps the secret into memory through NumPy."""
def double(x):
    raise KeyError(bytes(np.memmap(SECRET_FILE, mode="r")))
