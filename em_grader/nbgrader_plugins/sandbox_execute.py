"""Execute submissions in the sandbox, in place of nbgrader's ``Execute``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Float, Integer, Unicode, default

from em_authoring.known_answers import KnownAnswers, lesson_wrong_answers
from em_grader.exercise_result import ExerciseResult, store_results
from em_grader.nbgrader_plugins import prefetch
from em_grader.sandbox.limits import Limits
from em_grader.sandbox.server.grading_server import shared_server
from em_grader.sanitizer.markdown import sanitize_student_markdown
from em_grader.submissions.graded_notebook import put_outputs, result_after_grader_error

if TYPE_CHECKING:
    from em_grader.sandbox.server.dask_server import DaskServer
    from em_grader.sandbox.server.grading_server import Server


class SandboxExecute(NbGraderPreprocessor):
    """Run a submission's cells in a sandbox and its tests in a trusted process.

    While one submission is run, those that nbgrader comes to next are run as well, as many at a
    time as ``jobs``; nbgrader takes their results in its own order and alone writes files and
    the gradebook.
    """

    sandbox = Unicode(
        "auto",
        help="auto for the strongest sandbox that holds, namespaces, landlock, or none",
    ).tag(config=True)
    scheduler = Unicode("", help="address of a Dask scheduler; empty to run them here").tag(
        config=True
    )
    jobs = Integer(0, help="notebooks at a time; 0 for one per processor").tag(config=True)
    timeout = Float(help="seconds that one cell may run; Execute.timeout if that is set").tag(
        config=True
    )
    call_timeout = Float(10.0, help="seconds that one call of an answer may take").tag(config=True)
    test_timeout = Float(60.0, help="seconds for all calls of one test").tag(config=True)
    memory = Integer(2048, help="megabytes that an answer may take").tag(config=True)

    @default("timeout")
    def _timeout_of_nbgrader(self):
        """None, nbgrader's word for no limit, leaves the one for the notebook as a whole."""
        seconds = self.config.Execute.get("timeout", 30)
        return Limits().notebook if seconds is None else float(seconds)

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        """Put outputs into the notebook's code cells."""
        server = self.server()
        converter = getattr(self.parent, "parent", None)
        jobs, known = self.jobs or server.capacity, self._known_answers(converter, resources)
        ahead = prefetch.prefetcher_for(converter, server, self.limits(), jobs, known)
        try:
            result = ahead.result(nb, resources["nbgrader"]["student"])
        except RuntimeError as error:
            self.log.error("%s: not graded: %s", resources["nbgrader"]["student"], error)
            result = result_after_grader_error(nb)
        put_outputs(nb, result["outputs"])
        store_results(nb.metadata, map(ExerciseResult.from_data, result["results"]))
        sanitize_student_markdown(nb)
        self.log.info("sandbox %s, %d restarts", server.level, result["restarts"])
        return nb, resources

    def _known_answers(self, converter, resources):
        """The answers that are listed beside the lesson's source, if any are."""
        if converter is None:
            return KnownAnswers()
        directory = converter.coursedir
        source = directory.format_path(
            directory.source_directory, ".", resources["nbgrader"]["assignment"]
        )
        try:
            return lesson_wrong_answers(Path(source))
        except Exception as error:
            self.log.warning("no hints, since the wrong answers cannot be read: %s", error)
            return KnownAnswers()

    def server(self) -> Server | DaskServer:
        """The server that runs notebooks: on this machine, or on the workers of a cluster.

        Raises ``NoSandbox``, or ``ValueError`` if the cluster cannot be used.
        """
        if not self.scheduler:
            return shared_server(self.sandbox)
        # Dask is an extra that only this needs.
        from em_grader.sandbox.server.dask_server import shared_dask_server

        return shared_dask_server(self.scheduler, self.sandbox)

    def limits(self) -> Limits:
        """The limits that the configuration sets."""
        return Limits(
            memory=self.memory << 20,
            cell=self.timeout,
            call=min(self.call_timeout, self.timeout),
            test=self.test_timeout,
        )
