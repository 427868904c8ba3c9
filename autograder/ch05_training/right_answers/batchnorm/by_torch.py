"""PyTorch's function for both directions; the cache is a tuple of tensors."""


def batchnorm_forward(x, gamma, beta, state, momentum, eps, training):  # noqa: PLR0913, PLR0917 - the contract
    """Ask torch, and keep the graph."""
    if np.ndim(x) != 2 or len(x) < 1 + bool(training):
        raise ValueError(f"x is a batch of shape {np.shape(x)}")
    for name, values in (("gamma", gamma), ("beta", beta)):
        if np.shape(values) != (np.shape(x)[1],):
            raise ValueError(f"{name} has shape {np.shape(values)}")
    leaves = [torch.tensor(np.array(v, dtype=np.float64), requires_grad=True) for v in (x, gamma, beta)]
    mean, var = (torch.tensor(np.array(state[key], dtype=np.float64)) for key in ("running_mean", "running_var"))
    out = nn.functional.batch_norm(leaves[0], mean, var, leaves[1], leaves[2], bool(training), momentum, eps)
    if training:
        state.update(running_mean=mean.numpy(), running_var=var.numpy())
    return out.detach().numpy(), (out, leaves)


def batchnorm_backward(grad, cache):
    """Differentiate the graph."""
    out, leaves = cache
    if np.shape(grad) != tuple(out.shape):
        raise ValueError(f"grad has shape {np.shape(grad)}")
    grads = torch.autograd.grad(out, leaves, torch.tensor(np.array(grad, dtype=np.float64)), retain_graph=True)
    return tuple(part.numpy() for part in grads)
