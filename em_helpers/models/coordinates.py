"""θ as a vector of free numbers, and back: what derivatives and extrapolation work on.

A model names the form of each of its parameters in ``forms``:

``free``       any numbers
``simplex``    distributions along the last axis, whose last entry follows from the others
``symmetric``  symmetric matrices, of which the lower triangle is kept
``model``      a model in a model, whose own parameters are meant
"""

from dataclasses import replace

import numpy as np


def pack(model):
    """The free numbers of θ in one vector.

    Parameters
    ----------
    model : a model with ``forms``

    Returns
    -------
    array, (p,)
        The parameters in the order of ``forms``: distributions without their last entry,
        symmetric matrices by the rows of their lower triangle. Units are those of θ.
    """
    parts = []
    for name, form in model.forms.items():
        value = getattr(model, name)
        parts.append(pack(value) if form == "model" else _free(value, form).ravel())
    return np.concatenate(parts)


def unpack(model, vector):
    """The model whose θ has these free numbers; all else is as in ``model``.

    Parameters
    ----------
    model : a model with ``forms``
    vector : array, (p,)

    Returns
    -------
    a model of the same class

    Raises
    ------
    ValueError
        The numbers are no parameters, such as a negative variance.
    """
    parameters, place = {}, 0
    for name, form in model.forms.items():
        if form == "model":
            parameters[name] = unpack(getattr(model, name), vector)
            continue
        like = np.asarray(getattr(model, name))
        size = _free(like, form).size
        parameters[name] = _whole(vector[place : place + size], like, form)
        place += size
    return replace(model, **parameters)


def _free(value, form):
    value = np.asarray(value, dtype=float)
    if form == "simplex":
        return value[..., :-1]
    if form == "symmetric":
        rows, columns = np.tril_indices(value.shape[-1])
        return value[..., rows, columns]
    return value


def _whole(numbers, like, form):
    if form == "simplex":
        first = numbers.reshape(*like.shape[:-1], -1)
        return np.concatenate([first, 1 - first.sum(axis=-1, keepdims=True)], axis=-1)
    if form == "symmetric":
        rows, columns = np.tril_indices(like.shape[-1])
        result = np.empty_like(like)
        result[..., rows, columns] = numbers.reshape(*like.shape[:-2], -1)
        result[..., columns, rows] = result[..., rows, columns]
        return result
    return numbers.reshape(like.shape)
