"""What does not tie anybody to anybody in an analysis: to have been harmed, and to have been searched for nothing.

Source: the minutes of the ethics committee of West Midlands Police, on features of its models.
"""

# Who was harmed, saw it or told of it is not thereby tied to whoever did it.
WITHHELD_ROLES = ("VICTIM", "WITNESS", "REPORTING", "CALLER")
# What `found` of a stop and search says where nothing was found. One that says nothing is one too, and so is "no"
# whatever follows: "No items", "Nothing found - no further action". A digit behind the word makes it a number of
# something: "0.5 g", "No. 3". So is one that ends in "found nothing", and a list of which all is nil: "Drugs: nil".
# An expression that Python and the database read alike, for the whole of a text.
_NOTHING = "no|not|none|nothing|nil|nfa|negative|null|0"
_BEGINS = rf"\W*((a\s+)?({_NOTHING})\b(?!\W{{0,2}}\d).*|(false|n|n/a)\W*)?"
_ENDS = r"[^.:;,\n]*\bfound\s+nothing\W*|([^.:;,\n]*:\s*(nil|none|nothing)\b[.;,\n]*)+\W*"
NOTHING_FOUND = rf"(?is)({_BEGINS}|{_ENDS})"
