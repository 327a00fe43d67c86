"""A mapping proposed for files that have none: their form, their columns, what the rows say and how it hangs together.

Knows the model, the standards and the readers; stores nothing, and what it proposes is for a person to review.
"""

from loaders.suggest.suggestion import Suggestion, suggest

__all__ = ["Suggestion", "suggest"]
