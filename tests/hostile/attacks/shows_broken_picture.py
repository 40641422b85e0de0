"""Shows a picture whose data close the HTML tag that contains them."""

# ruff: noqa

from IPython.display import display

display({"image/png": 'x"><script>alert("x")</script>', "text/plain": "a picture"}, raw=True)


def double(x):
    return 0 * np.asarray(x)
