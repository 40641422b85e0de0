"""θ as a vector of free numbers, and back: what derivatives and extrapolation work on.

A model names the form of each of its parameters in ``forms``:

``free``       any numbers
``simplex``    distributions along the last axis, whose last entry follows from the others
``symmetric``  symmetric matrices, of which the lower triangle is kept
``model``      a model in a model, whose own parameters are meant
"""

from dataclasses import replace
from math import prod

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
    parts = (_free(getattr(model, name), form) for name, form in model.forms.items())
    return np.concatenate([part.ravel() for part in parts])


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
        like = getattr(model, name)
        shape = _free(like, form).shape
        end = place + prod(shape)
        parameters[name] = _whole(vector[place:end].reshape(shape), like, form)
        place = end
    return replace(model, **parameters)


def _free(value, form):
    if form == "model":
        return pack(value)
    value = np.asarray(value)
    if form == "simplex":
        return value[..., :-1]
    if form == "symmetric":
        rows, columns = np.tril_indices(value.shape[-1])
        return value[..., rows, columns]
    return value


def _whole(numbers, like, form):
    if form == "model":
        return unpack(like, numbers)
    if form == "simplex":
        return np.concatenate([numbers, 1 - numbers.sum(axis=-1, keepdims=True)], axis=-1)
    if form == "symmetric":
        rows, columns = np.tril_indices(like.shape[-1])
        result = np.empty_like(like)
        result[..., rows, columns] = result[..., columns, rows] = numbers
        return result
    return numbers
