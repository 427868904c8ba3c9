"""You differentiated twice, which gives the slope of the slope. One walk back is enough.

Caught by: test_function_of_the_book, test_cubics, test_functions_of_torch, test_asking_again, test_inside_no_grad,
test_one_number_in_a_table
"""


def torch_gradient(f, x):
    with torch.enable_grad():
        place = torch.tensor(float(x), dtype=torch.float64, requires_grad=True)
        y = f(place)
        if y.numel() != 1:
            raise ValueError(f"f returned shape {tuple(y.shape)}")
        (slope,) = torch.autograd.grad(y.sum(), place, create_graph=True)
        if slope.requires_grad:
            (slope,) = torch.autograd.grad(slope, place)
    return slope.item()
