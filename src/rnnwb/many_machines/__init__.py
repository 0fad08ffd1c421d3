"""One batch on several machines: what each of them computes, and what is summed over them."""
