"""x written as one row, moved along the rows of an identity matrix, and folded back."""


def numerical_gradient(f, x, h=1e-5):
    """Flatten, move along the axes, fold back."""
    flat = np.ravel(x).astype(np.float64)
    if not flat.size:
        raise ValueError(f"x: {np.shape(x)}")
    if not (h > 0):
        raise ValueError(f"h: {h}")
    slopes = [
        (f((flat + h * axis).reshape(np.shape(x))) - f((flat - h * axis).reshape(np.shape(x)))) / (2 * h)
        for axis in np.eye(flat.size)
    ]
    return np.array(slopes, dtype=np.float64).reshape(np.shape(x))
