"""All seeds of one size trained together, as a stack of networks, without calling train."""


def _outputs(stack):
    a1 = 1 / (1 + np.exp(-(XOR_X @ stack["W1"] + stack["b1"])))
    return a1, 1 / (1 + np.exp(-(a1 @ stack["W2"] + stack["b2"])))


def _share(size, seeds):
    networks = [init_params(2, size, 1, seed) for seed in seeds]
    stack = {key: np.stack([network[key] for network in networks]) for key in networks[0]}
    for _ in range(10_000):
        a1, a2 = _outputs(stack)
        d2 = 0.5 * (a2 - XOR_Y) * a2 * (1 - a2)
        d1 = d2 @ stack["W2"].swapaxes(1, 2) * a1 * (1 - a1)
        stack["W2"] -= 4.0 * a1.swapaxes(1, 2) @ d2
        stack["b2"] -= 4.0 * d2.sum(axis=1, keepdims=True)
        stack["W1"] -= 4.0 * XOR_X.T @ d1
        stack["b1"] -= 4.0 * d1.sum(axis=1, keepdims=True)
    right = (_outputs(stack)[1] > 0.5) == (XOR_Y > 0.5)
    return right.all(axis=(1, 2)).mean()


def hidden_size_study(sizes, seeds):
    """Return the share of seeds that succeed by size."""
    if len(seeds) < 1:
        raise ValueError(f"seeds is empty: {seeds}")
    return {int(size): _share(size, seeds) for size in sizes}
