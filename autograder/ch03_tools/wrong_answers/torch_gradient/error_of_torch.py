"""For a function of many values you let PyTorch complain. Its RuntimeError speaks of scalars, and not of your argument.
Look at the shape first and raise a ValueError that names f.

Caught by: test_refuses_functions_of_many_values, test_refuses_functions_of_no_value
"""


def torch_gradient(f, x):
    with torch.enable_grad():
        place = torch.tensor(float(x), dtype=torch.float64, requires_grad=True)
        f(place).backward()
    return place.grad.item()
