"""Run: torchrun --nproc-per-node 2 examples/torch_machines.py"""

import gc

import numpy as np
import torch
import torch.distributed as dist
from torch.nn.parallel import DistributedDataParallel

from rnnwb.bridges.pytorch import gradients_from_torch, to_torch
from rnnwb.networks import many_to_many


class Network(torch.nn.Module):
    def __init__(self, parameters):
        super().__init__()
        self.recurrent, self.linear = to_torch(parameters)

    def forward(self, X):
        output, _ = self.recurrent(X)
        return self.linear(output)


random = np.random.default_rng(0)
parameters = many_to_many.initial_parameters(D=2, H=3, K=4, seed=0)
X, C = random.normal(size=(7, 5, 2)), random.integers(4, size=(7, 5))
for b, length in enumerate([7, 2, 5, 3, 6]):
    C[length:, b] = -1  # no target, and no loss, in the padding

dist.init_process_group("gloo")
machine, machines = dist.get_rank(), dist.get_world_size()
own = np.array_split(np.arange(5), machines)[machine]
own_X, own_C = torch.from_numpy(X[:, own]), torch.from_numpy(C[:, own])

own_steps = int((own_C >= 0).sum())
steps = torch.tensor(own_steps)
dist.all_reduce(steps)
steps = int(steps)

# The whole batch on one machine:
alone = many_to_many.gradients(parameters, X, C).parameters
for name, factor, divisor in [
    ("sum", machines, 1),
    ("mean over all steps", machines / steps, steps),
    ("mean of the machines' means", 1 / own_steps, steps),
]:
    network = DistributedDataParallel(Network(parameters))
    logits, targets = network(own_X).flatten(0, 1), own_C.flatten()
    summed = torch.nn.CrossEntropyLoss(reduction="sum", ignore_index=-1)
    loss = summed(logits, targets)
    (factor * loss).backward()  # the gradients are averaged over the machines
    found = gradients_from_torch(network.module.recurrent, network.module.linear)
    difference = max(np.abs(g - dg / divisor).max() for g, dg in zip(found, alone))
    line = f"machine {machine}, {len(own)} sequences, {name}: "
    line += f"largest difference {difference:.0e}\n"
    print(line, end="", flush=True)  # in one write, as the machines share one output

# Whatever holds the group keeps its threads alive,
# and a thread that frees a tensor while Python is ending aborts the process.
del network, logits, loss
gc.collect()
dist.destroy_process_group()
