"""From a lesson's source, ``solutions/NN-name/name.md``, to the notebooks built from it.

``python -m em_authoring`` builds both copies of every lesson: the executed notebook
beside the source, and the students' notebook in ``course/``.
"""
