"""Kept days: closed days on disk, read before the API is asked, in tables that others read too."""
