"""The graph, or a network of it, as files for other programs, as one viewer may see it.

`content` reads it page by page and gives plain maps of things and links; each module named after a format writes those.
"""
