"""Running the submissions that nbgrader comes to next, while it is busy with one.

nbgrader reads, writes and keeps points one submission after another. Here the ones to come are
rebuilt in memory by the same exporter and preprocessors, and sent to referees. What was rebuilt is
what nbgrader then gets, if the file is still the same. A result is used only if nbgrader then comes
with the very same cells of the same student; else it is run anew.
"""

import contextlib
import hashlib
import json
import os
import re
import weakref

import nbformat

from em_authoring.wrong_answers import KnownAnswers
from em_grader.submissions import cell_roles

_OF_CONVERTER = weakref.WeakKeyDictionary()
_NOTHING_KNOWN = KnownAnswers()


class Prefetcher:
    """The jobs of one run of ``nbgrader autograde``.

    Parameters
    ----------
    converter : nbgrader.converters.Autograde or None
        None where a preprocessor is used by itself: then nothing is run ahead.
    server : em_grader.sandbox.server.grading_server.Server
    limits : em_grader.sandbox.limits.Limits
    jobs : int
        Notebooks at a time.
    known : em_authoring.wrong_answers.KnownAnswers
        To the lesson's exercises, for their hints.
    """

    def __init__(self, converter, server, limits, jobs, known=_NOTHING_KNOWN):
        self._converter = weakref.proxy(converter) if converter is not None else None
        self._server, self._limits, self._most, self._known = server, limits, jobs, known
        self._jobs, self._kept, self._exporter = {}, {}, None
        self._coming = list(self._planned()) if converter is not None and jobs > 1 else []

    def result(self, notebook, student):
        """The outcome for the notebook that nbgrader has come to.

        Returns
        -------
        dict
            As ``server.Job.result``.
        """
        cells = cell_roles.describe_cells(notebook, self._known)
        key = _key(student, cells)
        self._coming = _after(self._coming, student)
        job = self._jobs.pop(key, None) or self._server.submit(cells, self._limits)
        self._fill()
        try:
            return job.result()
        except RuntimeError:
            return self._server.submit(cells, self._limits).result()

    def rebuilt(self, path):
        """What the exporter made of a submission ahead, once, or None.

        Parameters
        ----------
        path : str

        Returns
        -------
        tuple of str and ResourcesDict, or None
        """
        seen, made = self._kept.pop(path, (None, None))
        return made if made and seen == _state(path) else None

    def _fill(self):
        while self._coming and len(self._jobs) < self._most:
            student, path = self._coming.pop(0)
            with contextlib.suppress(Exception):
                cells = cell_roles.describe_cells(self._rebuilt(path), self._known)
                key = _key(student, cells)
                if key not in self._jobs:
                    self._jobs[key] = self._server.submit(cells, self._limits)

    def _planned(self):
        """Student and path of each notebook that nbgrader will come to, in its order."""
        converter = self._converter
        was, converter._sanitizing = converter._sanitizing, True
        try:
            pattern = converter._format_source("(?P<assignment>.*)", "(?P<student>.*)", escape=True)
            for folder in sorted(converter.assignments):
                found = re.match(pattern, folder)
                if found and not self._skipped(found["assignment"], found["student"]):
                    for path in sorted(converter.assignments[folder]):
                        yield found["student"], path
        finally:
            converter._sanitizing = was

    def _skipped(self, assignment, student):
        """Whether nbgrader leaves a submission as it was graded before."""
        converter = self._converter
        graded = os.path.normpath(converter._format_dest(assignment, student))
        if converter.force or not os.path.exists(graded):
            return False
        handed_in = converter._format_source(assignment, student)
        new = converter.coursedir.get_existing_timestamp(handed_in)
        old = converter.coursedir.get_existing_timestamp(graded)
        return not (new and old and new > old)

    def _rebuilt(self, path):
        """What nbgrader's first pass will make of a submission."""
        converter = self._converter
        if self._exporter is None:
            self._exporter = converter.exporter_class(parent=converter, config=converter.config)
            self._exporter._preprocessors = []
            for each in converter.sanitize_preprocessors:
                self._exporter.register_preprocessor(each)
        was, converter._sanitizing = converter._sanitizing, True
        try:
            resources = converter.init_single_notebook_resources(path)
            seen = _state(path)
            made = self._exporter.from_filename(path, resources=resources)
        finally:
            converter._sanitizing = was
        self._kept[path] = seen, made
        return nbformat.reads(made[0], as_version=4)


def of(converter, server, limits, jobs, known=_NOTHING_KNOWN):
    """The look-ahead of a run of nbgrader, made when it is first asked for.

    Returns
    -------
    Prefetcher
    """
    if converter is None:
        return Prefetcher(None, server, limits, jobs, known)
    if converter not in _OF_CONVERTER or _OF_CONVERTER[converter]._server is not server:
        _OF_CONVERTER[converter] = Prefetcher(converter, server, limits, jobs, known)
    return _OF_CONVERTER[converter]


def rebuilt(converter, path):
    """What was made ahead of a submission that nbgrader has come to, or None.

    Parameters
    ----------
    converter : nbgrader.converters.Autograde
    path : str

    Returns
    -------
    tuple of str and ResourcesDict, or None
    """
    return _OF_CONVERTER[converter].rebuilt(path) if converter in _OF_CONVERTER else None


def _after(coming, student):
    """What comes after the last notebook of a student, where the student is in the list."""
    places = [place for place, (each, _) in enumerate(coming) if each == student]
    return coming[places[-1] + 1 :] if places else coming


def _state(path):
    """What changes when a file does."""
    found = os.stat(path)
    return found.st_ino, found.st_size, found.st_mtime_ns


def _key(student, cells):
    text = json.dumps(cells, sort_keys=True)
    return student, hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
