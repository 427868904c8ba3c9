"""Chapter 4: a first network in NumPy."""
