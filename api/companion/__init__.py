"""REST beside GraphQL, for what a phone, a spreadsheet or another program wants: the same answers in plain requests.

Each route asks a GraphQL document of this folder, or exports as the command line does. It knows nothing of the graph
that GraphQL does not.
"""
