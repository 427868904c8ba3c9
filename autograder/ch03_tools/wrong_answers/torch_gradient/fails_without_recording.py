"""Inside the caller's `torch.no_grad()` nothing is recorded, and `backward` has nothing to walk back on. Switch
recording on for your lines: `with torch.enable_grad():`.

Caught by: test_inside_no_grad
"""


def torch_gradient(f, x):
    place = torch.tensor(float(x), dtype=torch.float64, requires_grad=True)
    y = f(place)
    if y.numel() != 1:
        raise ValueError(f"f returned shape {tuple(y.shape)}")
    y.backward()
    return place.grad.item()
