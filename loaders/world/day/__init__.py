"""A day of a force as messages in the order of their sending, from a seed: knows the world and nothing of sending."""

from loaders.world.day.message import DayGiven, Message, moment
from loaders.world.day.pattern import Seeded, Subject
from loaders.world.day.plan import Day, day_of, write_mappings

__all__ = ["Day", "DayGiven", "Message", "Seeded", "Subject", "day_of", "moment", "write_mappings"]
