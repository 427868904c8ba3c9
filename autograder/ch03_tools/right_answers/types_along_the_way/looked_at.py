"""The answers are not written down but found, by taking the trip and looking."""

_start = np.array([1.5, 2.5, 3.5])
_tensor = torch.from_numpy(_start)
_back = _tensor.numpy()


def _named(thing):
    return f"{type(thing).__module__}.{type(thing).__name__}"


types_along_the_way = {}
for _key, _thing in {"array": _start, "tensor": _tensor, "back": _back}.items():
    types_along_the_way[f"{_key}_type"] = _named(_thing)
    types_along_the_way[f"{_key}_dtype"] = str(_thing.dtype)
types_along_the_way["memory_shared"] = np.shares_memory(_start, _back) and _start.ctypes.data == _tensor.data_ptr()
