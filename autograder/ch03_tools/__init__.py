"""Chapter 3: NumPy and PyTorch, the tools."""
