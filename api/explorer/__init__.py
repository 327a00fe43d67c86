"""The explorer as it is served: its pages, the documents that they ask, and what they are told when they begin.

The pages are built from `web/`; what is in `pages` is the result, so that a machine without Node serves it. They ask
nothing but the documents of this folder, by their names, and know nothing of the graph that GraphQL does not say.
"""
