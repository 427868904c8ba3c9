"""You computed with float16, which keeps three digits and ends at 65504. Use float32 or float64.

Caught by: test_cubics, test_functions_of_torch, test_asking_again, test_autograd_and_no_measuring
"""


def torch_gradient(f, x):
    with torch.enable_grad():
        place = torch.tensor(float(x), dtype=torch.float16, requires_grad=True)
        y = f(place)
        if y.numel() != 1:
            raise ValueError(f"f returned shape {tuple(y.shape)}")
        y.backward()
    return place.grad.item()
