"""θ as a vector of free numbers, and back: what derivatives and extrapolation work on.

A model states the form of each of its parameters in ``forms``:

``free``       any numbers
``simplex``    distributions along the last axis, whose last entry follows from the others
``symmetric``  symmetric matrices, of which the lower triangle is kept
``model``      a model inside a model, of which the parameters are kept
"""

from dataclasses import replace
from math import prod
from typing import Any, TypeVar, cast

import numpy as np

from em_helpers.arguments import FloatArray
from em_helpers.models.model import Form, Model

ModelT = TypeVar("ModelT", bound=Model)


def pack(model: Model) -> FloatArray:
    """Return the free numbers of θ in one vector.

    Returns
    -------
    array, (p,)
        The parameters in the order of ``forms``, without those that are fixed: distributions
        without their last entry, symmetric matrices by the rows of their lower triangle. Units are
        those of θ.

    Raises
    ------
    ValueError
        The model's class does not state its ``forms``.
    """
    if not model.forms:
        raise ValueError(
            f"{type(model).__name__} does not name its parameters, so they cannot be counted "
            f'or differentiated; define forms, such as forms = {{"mean": "free"}}, in the class.'
        )
    parts = (_free(value, model.forms[name]) for name, value in model.parameters.items())
    return np.concatenate([part.ravel() for part in parts])


def unpack(model: ModelT, vector: FloatArray) -> ModelT:
    """Return the model whose θ has these free numbers; everything else is as in ``model``.

    Parameters
    ----------
    model : Model
        A dataclass.
    vector : array, (p,)

    Returns
    -------
    Model
        Of the same class.

    Raises
    ------
    ValueError
        The numbers are not valid parameters, such as a negative variance.
    """
    parameters, start = {}, 0
    for name, value in model.parameters.items():
        shape = _free(value, model.forms[name]).shape
        end = start + prod(shape)
        parameters[name] = _whole(vector[start:end].reshape(shape), value, model.forms[name])
        start = end
    return replace(cast(Any, model), **parameters)


def _free(value: Any, form: Form) -> FloatArray:
    if form == "model":
        return pack(value)
    value = np.asarray(value)
    if form == "simplex":
        return value[..., :-1]
    if form == "symmetric":
        rows, columns = np.tril_indices(value.shape[-1])
        return value[..., rows, columns]
    return value


def _whole(numbers: FloatArray, like: Any, form: Form) -> Any:
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
