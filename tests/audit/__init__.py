"""The audit log: chain, files, tampering, and that every answer is on record."""
