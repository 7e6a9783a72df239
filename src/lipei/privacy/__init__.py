"""Personal data: encryption at rest, the blind index for exact search, and masking on the screen."""
