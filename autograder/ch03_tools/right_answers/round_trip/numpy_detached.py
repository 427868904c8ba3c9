"""By `from_numpy`, and back by `detach().cpu().numpy()`, as for any tensor; errors are told anew."""


def round_trip(array):
    """Share, and say in one's own words where that cannot be."""
    if not array.flags.writeable:
        message = "array is read-only, so it cannot be shared"
        raise ValueError(message)
    try:
        tensor = torch.from_numpy(array)
    except ValueError as error:
        message = f"array cannot be shared: {error}"
        raise ValueError(message) from error
    return tensor, tensor.detach().cpu().numpy()
