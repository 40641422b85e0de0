"""Running students' code without trusting it.

Five kinds of process take part, from trusted to untrusted:

grader process   nbgrader itself, which alone writes files and the gradebook (``server``)
fork server      has imported what notebooks use, and forks; it sees no submission (``server``)
lesson worker    has read a lesson and its tests, and forks trusted graders (``referee``)
trusted grader   one per notebook; it runs the tests, with a proxy for each answer (``referee``)
student process  runs the student's cells, confined by ``jail``; it exchanges plain data over one
                 socket (``worker``)
"""
