"""Shows a widget view and data of an unknown type."""

# ruff: noqa

from IPython.display import display

display({"application/vnd.jupyter.widget-view+json": {"model_id": "x"}}, raw=True)
display({'text/x"<script>alert("x")</script>': "x"}, raw=True)


def double(x):
    return 0 * np.asarray(x)
