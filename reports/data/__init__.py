"""What was fetched for pages and files, kept and put together once."""
