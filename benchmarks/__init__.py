"""Where the figures in README come from: `python -m benchmarks` measures them and prints the table."""
