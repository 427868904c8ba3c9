"""You refuse a result that has any axes. But one number is one number, also in a table with one row and one column. Ask
how many entries there are: `numel`.

Caught by: test_one_number_in_a_table
"""


def torch_gradient(f, x):
    with torch.enable_grad():
        place = torch.tensor(float(x), dtype=torch.float64, requires_grad=True)
        y = f(place)
        if y.ndim > 0:
            raise ValueError(f"f returned shape {tuple(y.shape)}")
        y.backward()
    return place.grad.item()
