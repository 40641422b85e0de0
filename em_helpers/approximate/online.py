"""Online EM: a stream of blocks, each seen once, and statistics that forget."""


def row_statistics(model):
    """The statistics of one average row drawn from the model itself: where a stream starts.

    Parameters
    ----------
    model : a mixture, or a model with ``expected_row_statistics``

    Returns
    -------
    statistics
        Those of one row, with the model itself as their M-step.
    """
    if hasattr(model, "expected_row_statistics"):
        return model.expected_row_statistics()
    return model.expected_statistics(model.weights)


def online_step(model, statistics, block, step):
    """Mix the statistics a row with those of a block, then take the M-step (equation 11.16).

    Statistics with a centre move to that of the block first (equation 11.4), so that a stream may
    drift far from where it began without a loss of digits (equation 11.7). A prior of the model
    weighs as much as it does beside one row.

    Parameters
    ----------
    model : a model
    statistics
        A row's, from ``row_statistics`` or the step before.
    block : array_like, (n, d)
    step : float
        γ in (0, 1]; the statistics become (1 − γ) times themselves plus γ times the block's.

    Returns
    -------
    model : a model
    statistics

    Raises
    ------
    ValueError
        ``block`` is not what the model takes, or γ is outside (0, 1].
    DegenerateComponent
        A component broke down.

    Notes
    -----
    Cappé and Moulines (2009), Journal of the Royal Statistical Society B 71, 593-613.
    """
    if not 0 < step <= 1:
        raise ValueError(f"step is {step}; a number above 0 and at most 1 was expected.")
    seen = model.e_step(block)
    if hasattr(seen, "centre"):
        statistics = statistics.about(seen.centre)
    statistics = statistics * (1 - step) + seen * (step / seen.rows)
    return model.m_step(statistics), statistics


def fit_online(start, blocks, steps):
    """Online EM over a stream.

    The iterates settle if the steps γ_t sum to infinity and their squares do not, such as
    (t + 2)^−0.6 (equation 11.21); the likelihood of the data may fall on the way.

    Parameters
    ----------
    start : a model as ``row_statistics`` takes it
    blocks : iterable of array_like, (n_b, d)
    steps : iterable of float
        γ_t in (0, 1], one for each block.

    Returns
    -------
    a model

    Raises
    ------
    ValueError
        A block is not what the model takes, a step is outside (0, 1], or there are fewer steps
        than blocks.
    DegenerateComponent
        A component broke down.

    Notes
    -----
    Cappé and Moulines (2009).
    """
    model, statistics, steps = start, row_statistics(start), iter(steps)
    for t, block in enumerate(blocks):
        step = next(steps, None)
        if step is None:
            raise ValueError(f"steps end after {t}, before the blocks do; give one for each block.")
        model, statistics = online_step(model, statistics, block, step)
    return model
