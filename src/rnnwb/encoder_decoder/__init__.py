"""The encoder and decoder of unsynchronised sequences."""
