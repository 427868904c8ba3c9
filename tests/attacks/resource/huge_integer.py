"""Returns an integer whose text takes for ever."""
def double(x):
    return 10 ** (10**7)
