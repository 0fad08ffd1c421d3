"""How gradients shrink and grow on their way back: products of Jacobians, and their norms.

References:
    Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks",
    ICML 2013, pages 1310-1318.
"""

import numpy as np

from rnnwb.shapes import require_shapes


def long_state_jacobian(
    S: np.ndarray,
    W: np.ndarray,
    t: int,
    tau: int,
) -> np.ndarray:
    r"""Derivative of the state of step t with respect to that of an earlier step.

    Args:
        S: $S$, shape (T + 1, H).
        W: $W$, shape (H, H).
        t: $t$, shape ().
        tau: $\tau$, shape (), not after $t$.

    Returns:
        $\frac{\partial S_t}{\partial S_\tau}$, shape (H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> S, W = np.array([[0.5], [0.0], [0.5]]), np.array([[2.0]])
    >>> long_state_jacobian(S, W, 2, 0).tolist()
    [[3.0]]
    """
    require_shapes(("time H", S), ("H H", W))
    product = np.eye(len(W))
    for S_r in S[tau + 1 : t + 1]:
        product = (1 - S_r**2)[:, None] * W.T @ product
    return product


def earlier_state_gradient(
    dS: np.ndarray,
    jacobian: np.ndarray,
) -> np.ndarray:
    r"""Gradient of the loss of step t with respect to the state of an earlier step.

    Args:
        dS: $\frac{\partial E_t}{\partial S_t}$, shape (H,).
        jacobian: $\frac{\partial S_t}{\partial S_\tau}$, shape (H, H).

    Returns:
        $\frac{\partial E_t}{\partial S_\tau}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> earlier_state_gradient(np.array([2.0]), np.array([[3.0]])).tolist()
    [6.0]
    """
    require_shapes(("H", dS), ("H H", jacobian))
    return dS @ jacobian


def state_jacobian_norm(
    S: np.ndarray,
    W: np.ndarray,
) -> np.ndarray:
    r"""Spectral norm of the derivative of a state with respect to the one before.

    Args:
        S: $S_t$, shape (H,).
        W: $W$, shape (H, H).

    Returns:
        $\left\|\frac{\partial S_t}{\partial S_{t-1}}\right\|_2$, shape ().

    Raises:
        ValueError: if the shapes disagree.

    >>> float(state_jacobian_norm(np.array([0.5]), np.array([[-2.0]])))
    1.5
    """
    require_shapes(("H", S), ("H H", W))
    return np.linalg.norm((1 - S**2)[:, None] * W.T, 2)


def long_jacobian_norm(
    S: np.ndarray,
    W: np.ndarray,
    t: int,
    tau: int,
) -> np.ndarray:
    r"""Spectral norm of the derivative of a state with respect to an earlier one.

    Args:
        S: $S$, shape (T + 1, H).
        W: $W$, shape (H, H).
        t: $t$, shape ().
        tau: $\tau$, shape (), not after $t$.

    Returns:
        $\left\|\frac{\partial S_t}{\partial S_\tau}\right\|_2$, shape ().

    >>> float(long_jacobian_norm(np.array([[0.5], [0.0], [0.5]]), np.array([[-2.0]]), 2, 0))
    3.0
    """
    return np.linalg.norm(long_state_jacobian(S, W, t, tau), 2)


def earlier_gradient_norm(
    dS: np.ndarray,
    jacobian: np.ndarray,
) -> np.ndarray:
    r"""Length of the gradient that reaches an earlier state.

    Args:
        dS: $\frac{\partial E_t}{\partial S_t}$, shape (H,).
        jacobian: $\frac{\partial S_t}{\partial S_\tau}$, shape (H, H).

    Returns:
        $\left\|\frac{\partial E_t}{\partial S_\tau}\right\|$, shape ().

    >>> float(earlier_gradient_norm(np.array([2.0]), np.array([[-3.0]])))
    6.0
    """
    return np.linalg.norm(earlier_state_gradient(dS, jacobian))


def spectral_radius(
    W: np.ndarray,
) -> np.ndarray:
    r"""Largest modulus of an eigenvalue.

    Args:
        W: $W$, shape (H, H).

    Returns:
        $\rho(W)$, shape ().

    >>> float(spectral_radius(np.array([[0.5, 4.0], [0.0, 0.5]])))
    0.5
    """
    return np.abs(np.linalg.eigvals(W)).max()


def shear(
    H: int,
) -> np.ndarray:
    r"""A matrix with one half on the diagonal and 4 above it: small eigenvalues, large singular values.

    Args:
        H: $H$, shape ().

    Returns:
        $G$, shape (H, H).

    >>> shear(2).tolist()
    [[0.5, 4.0], [0.0, 0.5]]
    """
    return 0.5 * np.eye(H) + 4 * np.eye(H, k=1)


def shear_norm(
    H: int,
) -> np.ndarray:
    r"""Spectral norm of the matrix of `shear`.

    Args:
        H: $H$, shape ().

    Returns:
        $\|G\|_2$, shape ().

    >>> float(shear_norm(2)) > 4
    True
    """
    return np.linalg.norm(shear(H), 2)


def shear_radius(
    H: int,
) -> np.ndarray:
    r"""Largest modulus of an eigenvalue of the matrix of `shear`, which is triangular.

    Args:
        H: $H$, shape ().

    Returns:
        $\rho(G)$, shape ().

    >>> float(shear_radius(2))
    0.5
    """
    return np.abs(np.diag(shear(H))).max()


def shear_squared(
    H: int,
) -> np.ndarray:
    r"""Square of the matrix of `shear`.

    Args:
        H: $H$, shape ().

    Returns:
        $\Psi$, shape (H, H).

    >>> shear_squared(3).tolist()
    [[0.25, 4.0, 16.0], [0.0, 0.25, 4.0], [0.0, 0.0, 0.25]]
    """
    return shear(H) @ shear(H)
