"""Tests of the communication pages."""
