"""What we say to a customer: promises, banned phrases, blame, manners, vagueness and jargon found, with a better sentence. Pure."""

from lipei.speech.checking import check, label
from lipei.speech.hints import CLASSES, KINDS, Hint, Kind

__all__ = ["CLASSES", "KINDS", "Hint", "Kind", "check", "label"]
