"""Notes losses and sizes in lists, and takes a weighted mean with NumPy."""


def train_one_epoch(model, loader, optimizer, criterion):
    losses, counts = [], []
    model.train(mode=True)
    for pair in loader:
        images, labels = (part.to(device) for part in pair)
        if images.shape[0] < 1:
            raise ValueError("loader: a batch is empty")
        model.zero_grad(set_to_none=False)
        loss = criterion(model(images), labels)
        loss.backward()
        optimizer.step()
        losses.append(loss.detach().cpu().numpy())
        counts.append(images.shape[0])
    if not losses:
        raise ValueError("loader is empty")
    return float(np.average(losses, weights=counts))
