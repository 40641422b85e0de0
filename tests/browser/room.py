"""A class on one machine: two homes, one exchange, and a JupyterLab for each of two people."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from em_authoring.lesson_paths import ROOT
from tests.browser.accounts import Account

CONFIGURATION = """\
c = get_config()
c.Exchange.root = {exchange!r}
c.CourseDirectory.course_id = "em"
"""


@dataclass
class Desk:
    """Somebody's home with a checkout in it, and the JupyterLab that runs there.

    Attributes
    ----------
    name : str
        The user's name, as nbgrader sees it.
    home : Path
    url : str
    process : subprocess.Popen
    log : Path
    account : Account or None
        The user of the system; without one, whoever runs the test.
    asked : list of str
        The addresses that this user's browser asked for.
    """

    name: str
    home: Path
    url: str = ""
    process: subprocess.Popen | None = None
    log: Path | None = None
    account: Account | None = None
    asked: list[str] = field(default_factory=list)

    @property
    def checkout(self):
        """Where the course lies."""
        return self.home / "course-checkout"

    def environment(self):
        """What tells this user's processes from another's."""
        kept = {
            k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "MAKE", "MFLAGS"))
        }
        jupyter = self.home / ".jupyter"
        return kept | {
            "HOME": str(self.home),
            "USER": self.name,
            "LOGNAME": self.name,
            "JUPYTER_CONFIG_DIR": str(jupyter),
            "JUPYTER_DATA_DIR": str(self.home / ".local" / "share" / "jupyter"),
            "JUPYTER_RUNTIME_DIR": str(self.home / "runtime"),
            "IPYTHONDIR": str(self.home / ".ipython"),
        }

    def runs(self, *command):
        """A command as this user runs it."""
        return list(command) if self.account is None else self.account.runs(*command)

    def types(self, command):
        """Run a line of shell in the checkout; returns what became of it."""
        return subprocess.run(
            self.runs("sh", "-c", command), cwd=self.checkout, env=self.environment(),
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    def stop(self):
        """End the server."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)


def furnish(home, name, exchange, lessons):
    """A home with a checkout of these lessons and the configuration that a class needs.

    Parameters
    ----------
    home : Path
    name : str
    exchange : Path
    lessons : list of Lesson
        Their built notebooks go into ``solutions``; none for a student.

    Returns
    -------
    Desk
    """
    desk = Desk(name, home)
    for folder in ("solutions", "course"):
        (desk.checkout / folder).mkdir(parents=True)
    for lesson in lessons:
        place = desk.checkout / "solutions" / lesson.assignment
        place.mkdir()
        shutil.copy2(lesson.solution, place)
    for name_ in ("Makefile", "constraints.txt", "pyproject.toml", "nbgrader_config.py"):
        shutil.copy2(ROOT / name_, desk.checkout)
    environment = desk.checkout / ".venv"
    environment.mkdir()
    for part in ("bin", "lib", "lib64", "pyvenv.cfg", "share", "etc"):
        if (Path(sys.prefix) / part).exists():
            (environment / part).symlink_to(Path(sys.prefix) / part)
    (environment / "installed").touch()
    settings = home / ".jupyter"
    settings.mkdir()
    (settings / "nbgrader_config.py").write_text(CONFIGURATION.format(exchange=str(exchange)))
    apputils = settings / "lab" / "user-settings" / "@jupyterlab" / "apputils-extension"
    apputils.mkdir(parents=True)
    quiet = {"fetchNews": "false", "checkForUpdates": False}
    (apputils / "notification.jupyterlab-settings").write_text(json.dumps(quiet))
    port = free_port()
    server = {
        "ServerApp": {"port": port, "port_retries": 0, "open_browser": False},
        "IdentityProvider": {"token": name},
        "LabApp": {"expose_app_in_browser": True},
    }
    (settings / "jupyter_server_config.json").write_text(json.dumps(server))
    desk.url = f"http://127.0.0.1:{port}"
    return desk


def free_port():
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def open_lab(desk, target):
    """Run ``make lab`` or ``make instructor`` at a desk, and wait until it answers.

    Parameters
    ----------
    desk : Desk
    target : str
    """
    desk.log = desk.home / f"{target}.log"
    with open(desk.log, "w", encoding="utf-8") as log:
        desk.process = subprocess.Popen(
            desk.runs("make", target), cwd=desk.checkout, env=desk.environment(),
            stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    for _ in range(240):
        try:
            urllib.request.urlopen(f"{desk.url}/api", timeout=2)
            return
        except OSError:
            if desk.process.poll() is not None:
                break
            time.sleep(0.5)
    raise RuntimeError(f"make {target} did not answer:\n{desk.log.read_text('utf-8')}")
