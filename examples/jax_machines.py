"""Run:

XLA_FLAGS=--xla_force_host_platform_device_count=2 python examples/jax_machines.py
"""

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
from jax.sharding import AxisType, PartitionSpec

from rnnwb.bridges.jax_scan import from_jax, loss, to_jax
from rnnwb.networks import many_to_many

jax.config.update("jax_enable_x64", True)
machines = jax.make_mesh((2,), ("machines",), axis_types=(AxisType.Auto,))
everywhere, by_sequence = PartitionSpec(), PartitionSpec(None, "machines")

random = np.random.default_rng(0)
parameters = many_to_many.initial_parameters(D=2, H=3, K=4, seed=0)
X, C = random.normal(size=(7, 5, 2)), random.integers(4, size=(7, 5))
for b, length in enumerate([7, 2, 5, 3, 6]):
    C[length:, b] = -1  # no target, and no loss, in the padding

# Every device takes as many sequences as the others,
# so that a sixth is put in, without a target.
six_X = np.concatenate([X, np.zeros((7, 1, 2))], axis=1)
six_C = np.concatenate([C, np.full((7, 1), -1)], axis=1)


@partial(
    jax.shard_map,
    mesh=machines,
    in_specs=(everywhere, by_sequence, by_sequence),
    out_specs=everywhere,
)
def losses(parameters, own_X, own_C):
    own_loss, own_steps = loss(parameters, own_X, own_C), jnp.sum(own_C >= 0)
    total, steps = jax.lax.psum((own_loss, own_steps), "machines")
    mean_of_means = jax.lax.pmean(own_loss / own_steps, "machines")
    return {
        "sum": total,
        "mean over all steps": total / steps,
        "mean of the machines' means": mean_of_means,
    }


# The whole batch on one machine:
alone = many_to_many.gradients(parameters, X, C).parameters

jacobian = jax.jit(jax.jacrev(losses))(to_jax(parameters), six_X, six_C)
for name, gradients in jacobian.items():
    divisor = 1 if name == "sum" else np.sum(C >= 0)
    pairs = zip(from_jax(gradients), alone)
    difference = max(np.abs(g - dg / divisor).max() for g, dg in pairs)
    print(f"{len(jax.devices())} devices, {name}: largest difference {difference:.0e}")
