"""Who may see what: markings, viewers, purposes; and who has seen it: the audit log.

Knows nothing of graphs or the web.
"""
