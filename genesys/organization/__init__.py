"""Whose figures these are: queues and divisions, rights, how far back."""
