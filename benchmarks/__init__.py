"""How fast `rnnwb.networks` is beside other programs that compute the same gradients.

    PYTHONPATH=src python -m benchmarks --quick

`__main__` starts a process for each peer (`worker`), which first compares every gradient (`agreement`) and then
measures in turns (`rounds`). `peers` holds one program a file.
"""
