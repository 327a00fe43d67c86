"""What does not tie anybody to anybody in an analysis: to have been harmed, and to have been searched for nothing.

Source: the minutes of the ethics committee of West Midlands Police, on features of its models.
"""

# Who was harmed, saw it or told of it is not thereby tied to whoever did it.
WITHHELD_ROLES = ("VICTIM", "WITNESS", "REPORTING", "CALLER")
# What `found` of a stop and search says, in lower case, where nothing was found; a search that does not say is one too.
NOTHING_FOUND = ("", "false", "no", "n", "0", "none", "nothing", "nothing found")
