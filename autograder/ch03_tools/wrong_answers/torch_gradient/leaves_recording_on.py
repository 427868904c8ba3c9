"""You switch recording on with `torch.set_grad_enabled(True)` and leave it on. The caller had switched it off, to save
memory, and does not know. `with torch.enable_grad():` restores at its end what was before.

Caught by: test_inside_no_grad
"""


def torch_gradient(f, x):
    torch.set_grad_enabled(True)
    place = torch.tensor(float(x), dtype=torch.float64, requires_grad=True)
    y = f(place)
    if y.numel() != 1:
        raise ValueError(f"f returned shape {tuple(y.shape)}")
    y.backward()
    return place.grad.item()
