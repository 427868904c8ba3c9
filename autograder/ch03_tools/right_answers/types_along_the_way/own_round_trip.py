"""With the round trip of the exercise before; memory is found shared by writing to it."""

_array = np.array([1.5, 2.5, 3.5])
_tensor, _back = round_trip(_array)
_tensor[0] = -1.0
types_along_the_way = {
    "memory_shared": bool(_array[0] == -1.0 == _back[0]),
    "back_dtype": _back.dtype.name,
    "back_type": repr(type(_back)).split("'")[1],
    "tensor_dtype": str(_tensor.dtype),
    "tensor_type": repr(type(_tensor)).split("'")[1],
    "array_dtype": _array.dtype.name,
    "array_type": repr(type(_array)).split("'")[1],
}
