"""Where nothing is recorded you return 0. But the slope is not 0, it was merely not looked at. Switch recording on for
your lines: `with torch.enable_grad():`.

Caught by: test_inside_no_grad
"""


def torch_gradient(f, x):
    place = torch.tensor(float(x), dtype=torch.float64, requires_grad=True)
    y = f(place)
    if y.numel() != 1:
        raise ValueError(f"f returned shape {tuple(y.shape)}")
    if not y.requires_grad:
        return 0.0
    y.backward()
    return place.grad.item()
