"""The blocks of a page, one class a file."""
