"""Tests of the practice visits."""
