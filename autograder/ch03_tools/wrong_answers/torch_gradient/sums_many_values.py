"""You add up whatever the function returns before you walk back. For a function of many values that is the slope of
their sum, which nobody asked for. Refuse it, and show the shape.

Caught by: test_refuses_functions_of_many_values, test_refuses_functions_of_no_value
"""


def torch_gradient(f, x):
    with torch.enable_grad():
        place = torch.tensor(float(x), dtype=torch.float64, requires_grad=True)
        f(place).sum().backward()
    return place.grad.item()
