"""You refuse a function of many values, but your message does not show the shape of what it returned. Put it in.

Caught by: test_refuses_functions_of_many_values, test_refuses_functions_of_no_value
"""


def torch_gradient(f, x):
    with torch.enable_grad():
        place = torch.tensor(float(x), dtype=torch.float64, requires_grad=True)
        y = f(place)
        if y.numel() != 1:
            raise ValueError("f must return one number")
        y.backward()
    return place.grad.item()
