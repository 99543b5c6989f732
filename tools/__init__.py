"""For maintainers: environment, locks, notebooks, measurements."""
