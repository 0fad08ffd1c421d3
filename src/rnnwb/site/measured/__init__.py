"""What the benchmarks measured, as the Performance page shows it: the record, its tables and its numbers in the text."""
