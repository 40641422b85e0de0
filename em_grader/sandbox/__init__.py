"""Running student code without trusting it.

Five kinds of process, from trusted to not:

the coordinator  nbgrader itself; writes files and the gradebook (``preprocessor``, ``server``)
the fork server  has loaded what notebooks import, and forks; sees no data (``forkserver``)
a reader         has read a lesson and its tests, and forks referees (``referee.serve``)
a referee        one a notebook; runs the tests, where an answer is a stand-in (``referee``)
a student's      runs the student's cells in a jail; talks data over one socket (``student``)
"""

from em_grader.sandbox.limits import Limits
from em_grader.sandbox.server.grading_server import NoSandbox, Server

__all__ = ["Limits", "NoSandbox", "Server"]
