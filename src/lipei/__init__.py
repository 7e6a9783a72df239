"""Lipei (理赔): the claims service system, from the counter to the sealed archive."""

__version__ = "0.1.0"
