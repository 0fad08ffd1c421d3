"""Trained networks to PyTorch and JAX and back.

Each module imports its library, which comes in builds for different machines and is therefore yours to install.
"""
