"""You measured the slope with a small step to both sides. That has an error, costs two calls, and moves also what is
cut off from the record. Let PyTorch keep a record (`requires_grad=True`) and walk it back.

Caught by: test_functions_of_torch, test_asking_again, test_autograd_and_no_measuring, test_inside_no_grad,
test_one_number_in_a_table
"""


def torch_gradient(f, x):
    h = 1e-5
    low, high = (f(torch.tensor(float(x) + step, dtype=torch.float64)) for step in (-h, h))
    if low.numel() != 1:
        raise ValueError(f"f returned shape {tuple(low.shape)}")
    return ((high - low) / (2 * h)).item()
