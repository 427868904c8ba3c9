"""Recursion on the last sizes; a list comes back."""


def broadcast_shape(a, b):
    """Settle the last sizes, and leave the rest to a call on shorter shapes."""
    for name, shape in {"a": a, "b": b}.items():
        for size in shape:
            if not size >= 0:
                raise ValueError(f"{name} holds the size {size}, in {shape}")

    def settle(short, long):
        if len(short) > len(long):
            short, long = long, short
        if not short:
            return list(long)
        sizes = {short[-1], long[-1]}
        if len(sizes) > 1:
            sizes.discard(1)
        if len(sizes) > 1:
            raise ValueError(f"the shapes a={a} and b={b} do not fit")
        return [*settle(short[:-1], long[:-1]), *sizes]

    return settle(tuple(a), tuple(b))
