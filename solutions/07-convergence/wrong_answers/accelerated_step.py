"""Wrong and unusual answers to accelerated_step (lesson 07)."""

# %% right
# With the length −α in place of α.
def accelerated_step(t0, t1, t2):
    t0, t1, t2 = np.array(t0), np.array(t1), np.array(t2)
    first, second = t1 - t0, t2 - t1
    change = second - first
    if (change == 0).all():
        return t2
    s = np.sqrt((first @ first) / (change @ change))
    return t0 + s * (2 * first + s * change)

# %% right
# Plain Python, a list as the result.
def accelerated_step(t0, t1, t2):
    r = [b - a for a, b in zip(t0, t1)]
    v = [c - b - s for b, c, s in zip(t1, t2, r)]
    bottom = sum(e * e for e in v)
    if bottom == 0:
        return list(t2)
    alpha = -((sum(s * s for s in r) / bottom) ** 0.5)
    return [a - 2 * alpha * s + alpha**2 * e for a, s, e in zip(t0, r, v)]

# %% right
# The three points with the factors (1 + α)², −2α(1 + α), α².
def accelerated_step(t0, t1, t2):
    r = t1 - t0
    v = t2 - t1 - r
    if np.count_nonzero(v) == 0:
        return t2
    a = -np.linalg.norm(r) / np.linalg.norm(v)
    return (1 + a) ** 2 * t0 - 2 * a * (1 + a) * t1 + a**2 * t2

# %% wrong: the end of a geometric sequence (7.32)
# Your jump goes backwards. α is negative; what sign does the term with r have then?
# ~ -np.linalg.norm(r) → np.linalg.norm(r)
# %% wrong: the end of a geometric sequence (7.32)
# The error is to be multiplied by a square: multiply out (I − α(A − I))² in (7.32) and see which
# factor stands before r.
# ~ 2 * alpha → alpha
# %% wrong: the end of a geometric sequence (7.32)
# v is the change of the step, the second step minus the first. Yours is the second step.
# ~ (t2 - t1) - r → t2 - t1
# ~ v.any() → (v - r).any()
# %% wrong: the end of a geometric sequence (7.32)
# The jump starts at t0, the point that r starts from; yours starts at t2.
# ~ t0 - 2 → t2 - 2
# %% wrong: the step length ‖r‖ / ‖v‖ (7.31)
# Your α is ⟨r, v⟩ / ⟨v, v⟩, another scheme of the same paper. It agrees where r and v are parallel,
# and only there; which α is in (7.31)?
# ~ -np.linalg.norm(r) / np.linalg.norm(v) → (r @ v) / (v @ v)
# %% wrong: the step length ‖r‖ / ‖v‖ (7.31)
# You extrapolate each coordinate by itself (Aitken). (7.31) has one α for all of them.
# - alpha = -np.linalg.norm(r) / np.linalg.norm(v)
# - return t0 - 2 * alpha * r + alpha**2 * v
# + return np.where(v == 0, t2, t0 - r**2 / np.where(v == 0, 1, v))
# %% wrong: α is not limited (7.31)
# You keep α at −1 or below. Many programs do, but the question asks for (7.31) as it stands.
# ~ -np.linalg.norm(r) / np.linalg.norm(v) → min(-np.linalg.norm(r) / np.linalg.norm(v), -1.0)
# %% wrong: finite
# With v = 0 you divide by zero. What does the question ask for then?
# - if not v.any():
# -     return t2
# %% wrong: t2 if v = 0 (7.31)
# With v = 0 the two steps are equal, and you return the point before them. Which of the three is
# furthest on?
# ~ return t2 → return t0
# %% wrong: the end of a geometric sequence (7.32)
# α = −1 gives t2 again, two plain EM steps. The jump is long because α depends on r and v.
# - if not v.any():
# -     return t2
# - alpha = -np.linalg.norm(r) / np.linalg.norm(v)
# + alpha = -1
# %% wrong: short steps are steps (7.30)
# Near the end of a run v is tiny, and a jump is worth most there. Only v = 0 is an exception.
# ~ if not v.any() → if np.linalg.norm(v) < 1e-4
# %% wrong: short steps are steps (7.30)
# np.allclose calls everything below 1e-8 zero. The question says: exactly 0.
# ~ if not v.any() → if np.allclose(v, 0)
# %% wrong: α is not limited (7.31)
# You cut α off at −100. In a slow direction α is −1/(1 − λ), as long as it has to be.
# ~ -np.linalg.norm(r) / np.linalg.norm(v) → max(-np.linalg.norm(r) / np.linalg.norm(v), -100.0)
# %% wrong: t2 only if all of v is 0 (7.31)
# One entry of v is 0 and you give up the jump. The exception is v = 0 as a vector.
# ~ if not v.any() → if (v == 0).any()
