"""One array that is changed in place, with a copy kept of every state."""


def gradient_descent(gradient, start, learning_rate, steps):
    """Move one array and photograph it after every step."""
    if steps < 0:
        raise ValueError(f"cannot take steps={steps}")
    x = np.array(start, dtype=np.float64)
    photographs = [x.copy()]
    while len(photographs) <= steps:
        x -= learning_rate * np.asarray(gradient(x))
        photographs.append(x.copy())
    return np.array(photographs)
