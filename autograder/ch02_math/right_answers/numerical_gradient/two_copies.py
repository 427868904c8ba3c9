"""Two copies of x per entry, one raised and one lowered."""


def numerical_gradient(f, x, h=1e-5):
    """Raise and lower one entry of a copy at a time."""
    if np.size(x) == 0:
        raise ValueError(f"x has no entry, its shape is {np.shape(x)}")
    if h <= 0 or np.isnan(h):
        raise ValueError(f"h has to be positive, it is {h}")
    gradient = np.zeros(np.shape(x))
    for place, _ in np.ndenumerate(x):
        up, down = np.array(x, dtype=np.float64), np.array(x, dtype=np.float64)
        up[place] += h
        down[place] -= h
        gradient[place] = (f(up) - f(down)) / (2 * h)
    return gradient
