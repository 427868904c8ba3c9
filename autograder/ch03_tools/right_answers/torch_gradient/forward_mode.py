"""By forward-mode differentiation, which carries the slope along instead of walking back."""


def torch_gradient(f, x):
    """Push a number and its rate of change through the function together."""
    place = torch.tensor([float(x)], dtype=torch.float64)
    height, slope = torch.func.jvp(f, (place,), (torch.ones(1, dtype=torch.float64),))
    if height.numel() != 1:
        raise ValueError(f"f gave {list(height.shape)}, not one number")
    return slope.sum().numpy()[()]
