"""Wrong and unusual answers to first_fall (lesson 07)."""

# %% right in_a_loop
# The definition as a loop.
def first_fall(trace, rtol):
    for t in range(1, len(trace)):
        before = float(trace[t - 1])
        if float(trace[t]) < before - rtol * abs(before):
            return t
    return -1

# %% right
# A generator and a default.
def first_fall(trace, rtol):
    pairs = enumerate(zip(trace, trace[1:]), start=1)
    return next((t for t, (a, b) in pairs if a - b > rtol * abs(a)), -1)

# %% wrong: negative log-likelihoods (7.3)
# With a negative log-likelihood, ρ times it is negative, and taking it off *raises* the limit: a
# rise counts as a fall. What are the bars in (7.3) for?
# ~ rtol * np.abs(before) → rtol * before
# %% wrong: relative to the value before (7.3)
# You take rtol for nats. A log-likelihood of −400 and one of −0.004 are rounded at very different
# sizes; what is ρ multiplied by in (7.3)?
# ~ rtol * np.abs(before) → rtol
# %% wrong: relative to the value before (7.3)
# You scale ρ by the first value of the trace. The rounding of ℓ_t goes with the size of its
# neighbours; which value stands between the bars in (7.3)?
# ~ rtol * np.abs(before) → rtol * np.abs(trace[0])
# %% wrong: relative to the value before (7.3)
# You scale ρ by the value after the step. Which of the two values stands between the bars in (7.3)?
# ~ np.abs(before) → np.abs(after)
# %% wrong: relative to the value before (7.3)
# You scale ρ by the smaller of the two values. (7.3) names one of them.
# ~ np.abs(before) → np.minimum(np.abs(before), np.abs(after))
# %% wrong, from in_a_loop: with ρ = 0 every fall counts (7.3)
# np.isclose has a tolerance atol of its own, 1e-8, beside rtol. What does (7.3) allow if ρ = 0?
# ~ before = float(trace[t - 1]) → a, b = trace[t - 1], trace[t]
# ~ float(trace[t]) < before - rtol * abs(before) → b < a and not np.isclose(b, a, rtol=rtol)
# %% wrong: the number of the iteration that fell
# You return the place before the fall. np.diff starts at t = 1: which entry belongs to which
# iteration?
# ~ int(falls[0]) + 1 → int(falls[0])
# %% wrong: standing still is no fall (7.3)
# With rtol = 0, two equal values are no fall. Is the sign in (7.3) strict?
# ~ after < before → after <= before
# %% wrong: the first fall, not another
# Your loop goes on after the first fall and reports the last one. Which did (7.3) ask for?
# ~ falls[0] → falls[-1]
# %% wrong: the first fall, not another
# The deepest fall need not be the first. What is the smallest t that satisfies (7.3)?
# - falls = np.flatnonzero(after < before - rtol * np.abs(before))
# - return int(falls[0]) + 1 if falls.size else -1
# + change = after - before + rtol * np.abs(before)
# + return int(np.argmin(change)) + 1 if change.min(initial=0) < 0 else -1
# %% wrong: compared with the value just before (7.3)
# You compare with the highest value so far, so several small steps down add up to a fall. With what
# does (7.3) compare?
# ~ trace[:-1] → np.maximum.accumulate(trace)[:-1]
# %% wrong: returns a value
# What does your function return when the trace never falls?
# ~ if falls.size else -1 → if falls.size else None
