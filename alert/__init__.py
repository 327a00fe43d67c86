"""Standing questions: what somebody watches, and the facts that fire it. Knows reads; nothing of loading or the web."""
