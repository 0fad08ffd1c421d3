"""Every equation of the pages, changed in one place at a time: each change must be noticed."""
