"""Chapter 6: PyTorch, from a Module to an experiment on real digits."""
