"""You measured the slope with one small step to the right. That is not even a good measurement, and it is not what was
asked for: let PyTorch keep a record (`requires_grad=True`) and walk it back.

Caught by: test_function_of_the_book, test_cubics, test_functions_of_torch, test_asking_again,
test_autograd_and_no_measuring, test_inside_no_grad, test_one_number_in_a_table
"""


def torch_gradient(f, x):
    h = 1e-4
    here, there = (f(torch.tensor(float(x) + step, dtype=torch.float64)) for step in (0, h))
    if here.numel() != 1:
        raise ValueError(f"f returned shape {tuple(here.shape)}")
    return ((there - here) / h).item()
