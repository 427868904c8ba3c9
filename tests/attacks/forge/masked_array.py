"""Returns a fully masked array, whose comparisons are masked too."""
def double(x):
    return np.ma.masked_all(x.shape)
