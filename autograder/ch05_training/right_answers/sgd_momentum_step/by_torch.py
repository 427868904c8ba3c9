"""PyTorch's own optimizer, with the velocity put into its state."""


def sgd_momentum_step(param, grad, velocity, learning_rate, momentum):
    """Ask torch."""
    if np.shape(grad) != np.shape(param):
        raise ValueError(f"grad has shape {np.shape(grad)}")
    if np.shape(velocity) != np.shape(param):
        raise ValueError(f"velocity has shape {np.shape(velocity)}")
    if not 0 <= momentum < 1:
        raise ValueError(f"momentum has value {momentum}")
    place = torch.tensor(np.array(param, dtype=np.float64), requires_grad=True)
    place.grad = torch.tensor(np.array(grad, dtype=np.float64))
    if momentum == 0:
        return (place.detach() - learning_rate * place.grad).numpy(), place.grad.numpy()
    optimizer = torch.optim.SGD([place], lr=learning_rate, momentum=momentum)
    optimizer.state[place]["momentum_buffer"] = torch.tensor(np.array(velocity, dtype=np.float64))
    optimizer.step()
    return place.detach().numpy(), optimizer.state[place]["momentum_buffer"].numpy()
