"""You return the value of the function instead of its slope. The slope lies in the `grad` of the tensor that you began
with.

Caught by: test_function_of_the_book, test_cubics, test_functions_of_torch, test_functions_with_loops_and_branches,
test_asking_again, test_autograd_and_no_measuring, test_inside_no_grad, test_one_number_in_a_table
"""


def torch_gradient(f, x):
    with torch.enable_grad():
        place = torch.tensor(float(x), dtype=torch.float64, requires_grad=True)
        y = f(place)
        if y.numel() != 1:
            raise ValueError(f"f returned shape {tuple(y.shape)}")
        y.backward()
    return y.item()
