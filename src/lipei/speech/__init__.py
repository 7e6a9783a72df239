"""What we say to a customer: promise, banned phrase, blame, manner, vagueness, jargon, and what is better. Pure."""

from lipei.speech.checking import check, label
from lipei.speech.hints import CLASSES, KINDS, Hint, Kind

__all__ = ["CLASSES", "KINDS", "Hint", "Kind", "check", "label"]
