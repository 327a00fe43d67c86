"""UK data standards as small pure functions over single values: what a value means, its normal form, whether it holds.

The room knows no graph, no source and no clock: whatever depends on a day is handed in, nothing is read or written, and
callers memoise over distinct values. Serials such as ``DS_010`` are those of the NPCC Minimum POLE Data Standards
Dictionary v1.1; ``NHS``, ``VIN`` and ``COMPANY`` name the three checks that the dictionary does not number.
"""
