"""Asks autograd for the gradients and puts them where the optimizer looks; keeps a running mean."""


def train_one_epoch(model, loader, optimizer, criterion):
    mean, seen = 0.0, 0
    model.train()
    for images, labels in iter(loader):
        n = int(labels.shape[0])
        if not n:
            raise ValueError("empty batch in loader")
        loss = criterion(model(images.to(device)), labels.to(device))
        parameters = [p for p in model.parameters() if p.requires_grad]
        for parameter, slope in zip(parameters, torch.autograd.grad(loss, parameters), strict=True):
            parameter.grad = slope
        optimizer.step()
        seen += n
        mean += (float(loss) - mean) * n / seen
    if not seen:
        raise ValueError("loader gave nothing")
    return mean
