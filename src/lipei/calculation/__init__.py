"""What is owed, and why: one terms document and its readings – explain, range, text. Pure."""

from lipei.calculation.alternatives import what_if
from lipei.calculation.customer_text import customer_text
from lipei.calculation.explaining import explain, explain_again
from lipei.calculation.inputs import Balance, CannotCalculate, Known, LineItem, Need, facts_of
from lipei.calculation.ranging import Range, explain_range
from lipei.calculation.statement import ENGINE_VERSION, Alternative, CoverageReading, Line, Movement, Statement
from lipei.calculation.trying import Tried

__all__ = [
    "ENGINE_VERSION",
    "Alternative",
    "Balance",
    "CannotCalculate",
    "CoverageReading",
    "Known",
    "Line",
    "LineItem",
    "Movement",
    "Need",
    "Range",
    "Statement",
    "Tried",
    "customer_text",
    "explain",
    "explain_again",
    "explain_range",
    "facts_of",
    "what_if",
]
