"""The show in a browser: as one file that needs nothing else, and on the meeting page."""
