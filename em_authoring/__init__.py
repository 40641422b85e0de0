"""Build notebooks, releases and archives from the lessons' sources, ``solutions/NN-name/name.md``.

``python -m em_authoring`` builds both notebooks of every lesson: the executed one beside the
source, and the students' in ``course/``. ``python -m em_authoring.student_archive`` builds the
archive that students download.
"""
