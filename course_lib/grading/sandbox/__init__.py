"""Where student code runs: a locked-down process that holds the notebook and nothing else."""
