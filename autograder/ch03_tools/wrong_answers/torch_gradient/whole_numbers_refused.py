"""For a whole number you make a tensor of whole numbers, and PyTorch says that only floats can have gradients. Convert
first: `float(x)`.

Caught by: test_function_of_the_book, test_cubics
"""


def torch_gradient(f, x):
    with torch.enable_grad():
        place = torch.tensor(x, requires_grad=True)
        y = f(place)
        if y.numel() != 1:
            raise ValueError(f"f returned shape {tuple(y.shape)}")
        y.backward()
    return place.grad.item()
