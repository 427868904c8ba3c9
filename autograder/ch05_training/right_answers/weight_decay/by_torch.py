"""The gradient by PyTorch's autograd."""


def l2_penalty(params, strength):
    """Let torch differentiate."""
    if strength < 0:
        raise ValueError(f"negative strength: {strength}")
    arrays = {name: np.array(values, dtype=np.float64) for name, values in params.items()}
    leaves = {name: torch.tensor(array, requires_grad=True) for name, array in arrays.items()}
    loss = torch.zeros((), dtype=torch.float64, requires_grad=True)
    for name, leaf in leaves.items():
        loss = loss + strength * (leaf.square() if name.startswith("W") else 0 * leaf).sum()
    loss.backward()
    return loss.item(), {name: leaf.grad.numpy() for name, leaf in leaves.items()}
