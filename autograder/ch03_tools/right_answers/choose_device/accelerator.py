"""By `torch.accelerator`, PyTorch's newer way of asking, with a count of devices."""


def choose_device(preference="auto"):
    """Count devices, and fall back on the processor."""
    counts = {"cuda": torch.cuda.device_count(), "mps": torch.mps.device_count(), "cpu": 1}
    if preference == "auto":
        found = torch.accelerator.current_accelerator(check_available=True)
        return torch.device("cpu") if found is None or found.type not in counts else found
    if preference not in counts:
        raise ValueError(f"preference: expected auto, cpu, cuda or mps, received {preference}")
    return torch.device(preference if counts[preference] else "cpu")
