"""Chapter 5: batches, optimizers, overfitting and its remedies."""
