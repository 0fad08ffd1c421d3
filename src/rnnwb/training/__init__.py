"""From gradients to a trained network: clipping, optimisers, the loop, and files to keep the parameters in."""

from rnnwb.training.averaging import mean
from rnnwb.training.clipping import clip, global_norm
from rnnwb.training.files import load, save
from rnnwb.training.loop import Fit, NonFiniteLossError, fit
from rnnwb.training.optimisers import SGD, Adam

__all__ = ["SGD", "Adam", "Fit", "NonFiniteLossError", "clip", "fit", "global_norm", "load", "mean", "save"]
