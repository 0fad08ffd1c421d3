"""Recurrent networks to train with: any cell, batches of any lengths, float32 or float64, sequences as long as memory."""
