"""`batch`: a whole book at once – the same terms, to the cent what `explain` says, as columns of 64-bit whole numbers."""

from lipei.calculation.batch.accelerated import HOW, IS_COMPILED
from lipei.calculation.batch.running import batch
from lipei.calculation.batch.tables import Balances, Claims, Items, Policies, Problem, Result, Workspace
from lipei.calculation.batch.whole_numbers import MISSING

__all__ = ["HOW", "IS_COMPILED", "MISSING", "Balances", "Claims", "Items", "Policies", "Problem", "Result", "Workspace", "batch"]
