"""Recurrent networks to train with: any cell, batches of any lengths, float32 or float64, sequences as long as memory.

In the types, P stands for the parameters of any network, and N for those of a network with one recurrent layer and one
output layer: what a function returns has the type of what it was given.
"""
