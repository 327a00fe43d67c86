"""Settings of the property tests."""

from hypothesis import settings

# A shared machine stalls now and then, and the first transformer or nickname look-up reads its tables.
settings.register_profile("standards", deadline=None)
settings.load_profile("standards")
