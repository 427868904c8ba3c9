"""You refuse a function of many values, but not one that returns no value at all. Exactly one is asked for.

Caught by: test_refuses_functions_of_no_value
"""


def torch_gradient(f, x):
    with torch.enable_grad():
        place = torch.tensor(float(x), dtype=torch.float64, requires_grad=True)
        y = f(place)
        if y.numel() > 1:
            raise ValueError(f"f returned shape {tuple(y.shape)}")
        y.sum().backward()
    return place.grad.item()
