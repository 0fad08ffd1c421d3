# ---
# title: Moving digits
# description: A recurrent network tells, frame by frame, which way a handwritten digit moves, which no single frame shows.
# tags: [many-to-many, real data]
# ---

# %% [markdown]
# # Moving digits
#
# A handwritten digit moves over a small screen. For each frame we ask which way it is moving. A single frame cannot
# tell, but a state that remembers where the digit was can. This is the network of [synchronised input and
# output](../many-to-many.md), trained with the functions of `rnnwb` alone. You will see
#
# - how a gradient is checked before anything is trained with it,
# - what the same network does without its recurrent weights $W$,
# - how the answer becomes right from one frame to the next, and what happens when the digit turns,
# - which hidden units have come to stand for a direction.

# %%
import matplotlib.pyplot as plt
import numpy as np
from sklearn.datasets import load_digits
from tqdm import tqdm

from rnnwb.gradient_check import central_difference
from rnnwb.networks import many_to_many
from rnnwb.training import Adam, fit, mean

# %% [markdown]
# ## Clips of real digits
#
# Scikit-learn ships 1797 digits of 8 × 8 pixels that people wrote on a tablet. The screen has 12 × 12 pixels, and what
# leaves it on one side comes back on the other. A digit starts anywhere, moves by one pixel a frame in one of eight
# directions, and turns once. Since every position is as likely as any other, whichever way the digit moves, **a single
# frame holds no information on the direction whatsoever**: without memory, no network can be right more often than one
# time in eight, except by luck.

# %%
DIRECTIONS = np.array(
    [(0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1), (1, 0), (1, 1)]
)  # rows, columns
ARROWS = ["→", "↗", "↑", "↖", "←", "↙", "↓", "↘"]
SIZE, FRAMES, H, K = 12, 12, 96, 8

images = load_digits().images / 16
shuffled = np.random.default_rng(0).permutation(len(images))
training, held_out = images[shuffled[:1400]], images[shuffled[1400:]]


def clips(digits, B, random, turn=None):
    """Frames (time, B, pixels) and directions (time, B); a turn at a random frame, or at a given one."""
    canvas = np.zeros((B, SIZE, SIZE), np.float32)
    canvas[:, 2:10, 2:10] = digits[random.integers(len(digits), size=B)]
    before = random.integers(K, size=B)
    after = (before + random.integers(1, K, size=B)) % K
    at = (
        random.integers(4, FRAMES - 3, size=B)
        if turn is None
        else np.full(B, turn)
    )
    C = np.where(np.arange(FRAMES)[:, None] < at, before, after)
    steps = DIRECTIONS[C]
    steps[0] = random.integers(SIZE, size=(B, 2))  # where the digit starts
    position = steps.cumsum(axis=0)
    rows, columns = (
        (np.arange(SIZE) - position[..., axis, None]) % SIZE for axis in (0, 1)
    )
    frames = canvas[
        np.arange(B)[:, None, None], rows[..., :, None], columns[..., None, :]
    ]
    return frames.reshape(FRAMES, B, SIZE * SIZE), C


test_X, test_C = clips(held_out, 1000, np.random.default_rng(1), turn=6)

# %% alt="The twelve frames of one clip in a row: a handwritten digit moves one pixel a frame, and turns at frame 6."
figure, axes = plt.subplots(2, 6, figsize=(4.5, 1.9))
for t, axis in enumerate(axes.flat):
    axis.imshow(test_X[t, 0].reshape(SIZE, SIZE), cmap="magma", vmin=0, vmax=1)
    axis.set_title(f"{t}  {ARROWS[test_C[t, 0]]}")
    axis.set_axis_off()
plt.show()

# %% [markdown]
# ## The gradient, checked
#
# Before training, compare the gradient of backpropagation through time with central differences, for a small network
# and all its weights. Central differences are good to about nine digits, so the two must agree to seven.

# %%
random = np.random.default_rng(0)
small = many_to_many.initial_parameters(D=3, H=4, K=5, seed=0)
X, C = random.normal(size=(6, 2, 3)), random.integers(5, size=(6, 2))
found = many_to_many.gradients(small, X, C).parameters
for name in small._fields:
    by_differences = central_difference(
        lambda array, name=name: many_to_many.loss(
            small._replace(**{name: array}), X, C
        ),
        getattr(small, name),
    )
    error = (
        np.abs(getattr(found, name) - by_differences).max()
        / np.abs(by_differences).max()
    )
    print(f"{name}: {error:.0e}")
    assert error < 1e-7

# %% [markdown]
# ## Training
#
# The network has 144 inputs, 96 hidden units and 8 outputs, an orthogonal $W$ to start from, and one loss a frame. The
# first frame is labelled as well, although nothing can be known there. It is trained on 900 batches of 64 fresh clips.
#
# The baseline is the same network, on the same clips, with $W$ held at zero: in its gradient the entries for $W$ are
# set to zero.

# %%
SEEDS, EPOCHS, BATCHES = (0, 1, 2), 6, 150


def gradients(parameters, X, C):
    return mean(many_to_many.gradients(parameters, X, C), terms=C.size)


def gradients_without_memory(parameters, X, C):
    found = gradients(parameters, X, C)
    return found._replace(
        parameters=found.parameters._replace(W=np.zeros_like(parameters.W))
    )


def trained(gradients, parameters, seed):
    random = np.random.default_rng(seed)

    def batches():
        return (clips(training, 64, random) for _ in range(BATCHES))

    return fit(
        gradients,
        parameters,
        batches,
        Adam(0.003),
        EPOCHS,
        clip=1.0,
        progress=tqdm,
    ).parameters


networks, without = [], []
for seed in SEEDS:
    start = many_to_many.initial_parameters(
        SIZE * SIZE, H, K, seed, dtype=np.float32
    )
    networks.append(trained(gradients, start, seed))
    without.append(
        trained(
            gradients_without_memory,
            start._replace(W=np.zeros_like(start.W)),
            seed,
        )
    )

# %% [markdown]
# ## What it must show
#
# The margin was stated, and committed, before the network was first tested. On digits that it has not been trained on,
# and over all frames but the first, the network must be right at least 60 percentage points more often than the
# baseline, for each of three seeds. The reason: the baseline is right one time in eight, and two frames are enough to
# know the motion exactly, so 87.5 points are there to be won. A network that wins no more than two thirds of them has
# not learnt what its state is for.


# %%
def right(parameters):
    """Whether the most probable direction is the true one, (time, B)."""
    return many_to_many.forward(parameters, test_X).Y.argmax(axis=-1) == test_C


accuracy = np.array(
    [[right(p).mean(axis=1) for p in kind] for kind in (networks, without)]
)
print("seed   with W   without W")
for seed, with_W, without_W in zip(
    SEEDS, *100 * accuracy[:, :, 1:].mean(axis=2)
):
    print(f"{seed:4}   {with_W:5.1f} %   {without_W:8.1f} %")
    assert with_W - without_W >= 60

# %% [markdown]
# ## From frame to frame

# %% alt="Accuracy by frame. With W it starts at one in eight, rises, falls at the turn at frame 6 and recovers; without W it stays at one in eight."
figure, axis = plt.subplots()
for values, label in zip(accuracy, ("with $W$", "without $W$")):
    (line,) = axis.plot(
        values.mean(axis=0), marker="o", markersize=4, label=label
    )
    axis.fill_between(
        range(FRAMES),
        values.min(axis=0),
        values.max(axis=0),
        color=line.get_color(),
        alpha=0.25,
        linewidth=0,
    )
axis.axhline(1 / K, color="#7d838c", linestyle=":", label="chance")
axis.axvline(6, color="#7d838c", linestyle="--", linewidth=1)
axis.text(5.8, 0.45, "the digit\nturns", ha="right")
axis.set(xlabel="frame", ylabel="share of right answers", ylim=(0, 1.03))
axis.grid(True)
axis.legend(loc="center right")
plt.show()

# %% [markdown]
# The lines are means over the three seeds, and the bands around them reach from the lowest to the highest of the three.
#
# At frame 0 the network guesses, as it must. One frame later nearly all answers are right, from two frames and what the
# state keeps of the first. At the turn it is in doubt for one frame: the old direction has spoken for itself five times,
# in the moves to the frames 1 to 5, and the new one once. A frame later it has changed its mind. The baseline stays
# where it must stay.
#
# The confusion, over all frames but the first and for the first seed: each row is a true direction, each column an
# answer.

# %% alt="Two confusion matrices of eight directions: with W nearly all on the diagonal, without W spread over all."
figure, axes = plt.subplots(1, 2, sharey=True, figsize=(4.5, 2.3))
for axis, parameters, title in zip(
    axes, (networks[0], without[0]), ("with $W$", "without $W$")
):
    answers = many_to_many.forward(parameters, test_X[:]).Y.argmax(axis=-1)[1:]
    table = np.zeros((K, K))
    np.add.at(table, (test_C[1:].ravel(), answers.ravel()), 1)
    mesh = axis.pcolormesh(
        table / table.sum(axis=1, keepdims=True),
        cmap="viridis",
        vmin=0,
        vmax=1,
        edgecolor="face",
    )
    axis.set(title=title, xlabel="answer", aspect="equal")
    axis.set_xticks(np.arange(K) + 0.5, ARROWS)
axes[0].set(ylabel="truth", ylim=(K, 0))
axes[0].set_yticks(np.arange(K) + 0.5, ARROWS)
figure.colorbar(mesh, ax=axes, shrink=0.8, label="share of the row")
plt.show()

# %% [markdown]
# ## Units that have learnt motion
#
# For each hidden unit, take the mean of its state over all frames in which the digit moves in a given direction, at
# least two frames after the start and after the turn. A unit whose mean changes much with the direction is *tuned* to
# motion, as cells of the visual cortex are. Below are the six units whose means vary most: the distance from the centre
# is the mean state, −1 in the centre and 1 at the rim.

# %% alt="Six polar diagrams, one for each of the units most tuned to direction: the mean state is high on one side and low on the other."
S = many_to_many.forward(networks[0], test_X).S
settled = np.isin(np.arange(FRAMES), [2, 3, 4, 5, 8, 9, 10, 11])
tuning = np.array(
    [S[settled][test_C[settled] == k].mean(axis=0) for k in range(K)]
)
strongest = tuning.std(axis=0).argsort()[::-1][:6]
figure, axes = plt.subplots(
    2, 3, figsize=(4.5, 3.7), subplot_kw={"projection": "polar"}
)
figure.get_layout_engine().set(w_pad=0.1, h_pad=0.15)
angles = np.arange(K + 1) * 2 * np.pi / K
for axis, unit in zip(axes.flat, strongest):
    around = np.append(tuning[:, unit], tuning[0, unit])
    axis.plot(angles, around)
    axis.fill(angles, around, alpha=0.25)
    axis.set(ylim=(-1, 1), title=f"unit {unit + 1}")
    axis.set_xticks(angles[:-1], ARROWS)
    axis.tick_params(pad=-2)
    axis.set_yticks([0], [])
plt.show()

# %% [markdown]
# Some units stand for a whole half of the compass, others for a narrow sector, and it takes several of them to tell a
# direction exactly. Nobody has told the network to divide the work in this way.

# %% [markdown]
# ## What to try next
#
# - Let a digit stand still as a ninth class, or move by two pixels a frame.
# - Let it turn at every frame with some probability. What does the network do in the frame of the turn, and what could
#   it do at best?
# - Take `rnnwb.networks.gru` in the place of `many_to_many` for the initial parameters. Nothing else changes in the
#   program. But a state that is kept by a gate is a memory even without $W$: what does the baseline do now?
# - Put two digits on the screen and ask for the motion of one of them.
