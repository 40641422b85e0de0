"""Running student code without trusting it.

There are five kinds of process, from the most trusted to the untrusted:

the grader process   nbgrader itself; writes files and the gradebook (``server.grading_server``)
the fork server      has loaded what notebooks import, and forks; sees no data
                     (``server.fork_server``)
a lesson worker      has analysed a lesson and its tests, and forks trusted graders
                     (``referee.lesson_worker``)
a trusted grader     one per notebook; runs the tests, in which proxies stand for the answers
                     (``referee.trusted_grader``)
a student's process  runs the student's cells in a jail; exchanges data over one socket
                     (``worker.student_worker``)
"""

from em_grader.sandbox.limits import Limits
from em_grader.sandbox.server.grading_server import NoSandbox, Server

__all__ = ["Limits", "NoSandbox", "Server"]
