"""You take the first of the numbers that the function returns and forget the others. Refuse what is not exactly one
number, and show the shape.

Caught by: test_refuses_functions_of_many_values, test_refuses_functions_of_no_value
"""


def torch_gradient(f, x):
    with torch.enable_grad():
        place = torch.tensor(float(x), dtype=torch.float64, requires_grad=True)
        f(place).reshape(-1)[0].backward()
    return place.grad.item()
