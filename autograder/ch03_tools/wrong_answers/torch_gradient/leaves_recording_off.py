"""You switch recording off at the end, as if it had been off before. Afterwards no gradient can be taken anywhere.
`with torch.enable_grad():` restores at its end what was before.

Caught by: test_inside_no_grad
"""


def torch_gradient(f, x):
    torch.set_grad_enabled(True)
    place = torch.tensor(float(x), dtype=torch.float64, requires_grad=True)
    y = f(place)
    if y.numel() != 1:
        raise ValueError(f"f returned shape {tuple(y.shape)}")
    y.backward()
    torch.set_grad_enabled(False)
    return place.grad.item()
