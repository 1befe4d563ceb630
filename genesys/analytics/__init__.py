"""A question to the analytics API, and its answer as a frame."""
