"""Returns more data than may cross."""
def double(x):
    return np.zeros((2**26,))
