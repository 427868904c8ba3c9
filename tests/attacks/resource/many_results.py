"""Returns millions of small objects."""
def double(x):
    return [[] for _ in range(3 * 10**6)]
