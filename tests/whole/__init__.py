"""The whole way, from files to answers, through the public interface."""
