"""Deciding who is whom: previews, words, their taking back, the queue; through the public interface."""
