"""How long what is held may be held: what is due for review or disposal, reviews and holds, and erasing what goes.

Knows the writer, whose steps an erasure takes; nothing of sources and their mappings.
"""

from loaders.retain.dispose import Disposal, Disposed, dispose, planned
from loaders.retain.policy import Policy, load_policy
from loaders.retain.review import Verdict, review, withdraw

__all__ = ["Disposal", "Disposed", "Policy", "Verdict", "dispose", "load_policy", "planned", "review", "withdraw"]
