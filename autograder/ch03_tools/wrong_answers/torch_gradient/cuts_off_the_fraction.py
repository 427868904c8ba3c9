"""You turned x into a whole number on the way, and what stood after the point is gone. Convert to `float`, not to
`int`.

Caught by: test_cubics, test_functions_of_torch, test_functions_with_loops_and_branches, test_asking_again,
test_autograd_and_no_measuring, test_inside_no_grad, test_one_number_in_a_table
"""


def torch_gradient(f, x):
    with torch.enable_grad():
        place = torch.tensor(float(int(x)), dtype=torch.float64, requires_grad=True)
        y = f(place)
        if y.numel() != 1:
            raise ValueError(f"f returned shape {tuple(y.shape)}")
        y.backward()
    return place.grad.item()
