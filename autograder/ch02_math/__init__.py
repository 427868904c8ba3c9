"""Chapter 2: the mathematics, by hand."""
