"""The document that a browser loads first: what stands in it before any page is drawn."""
