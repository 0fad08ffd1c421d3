"""From sums to code that trains: stacked time, and what stays in the loop."""
