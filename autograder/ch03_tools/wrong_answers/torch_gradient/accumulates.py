"""You keep the tensor and use it again the next time, and `backward` adds to the gradient that is already in it: the
second call gives the sum of both slopes. Make a fresh tensor in every call.

Caught by: test_functions_with_loops_and_branches, test_asking_again, test_inside_no_grad
"""

_places = {}


def torch_gradient(f, x):
    with torch.enable_grad():
        place = _places.setdefault(f, torch.zeros((), dtype=torch.float64, requires_grad=True))
        place.data.fill_(x)
        y = f(place)
        if y.numel() != 1:
            raise ValueError(f"f returned shape {tuple(y.shape)}")
        y.backward()
    return place.grad.item()
