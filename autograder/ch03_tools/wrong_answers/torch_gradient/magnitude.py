"""You return the magnitude of the slope. Its sign says whether the curve rises or falls; do not throw it away.

Caught by: test_functions_of_torch
"""


def torch_gradient(f, x):
    with torch.enable_grad():
        place = torch.tensor(float(x), dtype=torch.float64, requires_grad=True)
        y = f(place)
        if y.numel() != 1:
            raise ValueError(f"f returned shape {tuple(y.shape)}")
        y.backward()
    return abs(place.grad.item())
