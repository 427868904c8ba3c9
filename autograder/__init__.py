"""What is checked: hidden suites, oracles, probes, measures and banks of answers. Content only, never released."""
