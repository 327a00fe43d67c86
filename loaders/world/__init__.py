"""The demo world: a made-up city whose police silos disagree, with truth. It knows the standards and nothing else."""

from loaders.world.desk import FileSummary
from loaders.world.generator import WorldSummary, generate

__all__ = ["FileSummary", "WorldSummary", "generate"]
