"""Returns infinity, whose relative difference is NaN."""
def double(x):
    return np.full(np.shape(x), np.inf)
