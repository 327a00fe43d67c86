"""Backup and restore: all that cannot be derived, in one archive, and the graph made of it again.

Knows the writer and the first load, whose steps a restore takes; nothing of sources and their mappings.
"""

from loaders.keep.backup import BackupReport, back_up
from loaders.keep.restore import RestoreReport, check, restore

__all__ = ["BackupReport", "RestoreReport", "back_up", "check", "restore"]
