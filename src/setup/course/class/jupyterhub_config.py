"""JupyterHub for one class: `npm run course -- serve` starts it with what it decided in the file AFTERFIT_CLASS."""

import hmac
import json
import os
import sys

from jupyterhub.auth import Authenticator
from jupyterhub.spawner import LocalProcessSpawner, _try_setcwd

with open(os.environ["AFTERFIT_CLASS"], encoding="utf-8") as file:
    CLASS = json.load(file)

PEOPLE = {person["name"]: person for person in CLASS["people"]}
HUB = CLASS["hub"]


class RolePasswords(Authenticator):
    """For trying: a password for the students, and one for the instructor."""

    async def authenticate(self, handler, data):
        person = PEOPLE.get(data["username"])
        if person is None:
            return None
        expected = CLASS["passwords"][person["role"]]
        right = hmac.compare_digest(data["password"].encode(), expected.encode())
        return person["name"] if right else None


class ClassSpawner(LocalProcessSpawner):
    """Starts a server under somebody's number, whether or not the machine has an account with it."""

    def make_preexec_fn(self, name):
        if CLASS["auth"] == "pam":
            return super().make_preexec_fn(name)
        person = PEOPLE[name]

        def become():
            if os.getuid() == 0:
                os.setgroups([])
                os.setgid(person["gid"])
                os.setuid(person["uid"])
            # What nbgrader hands out is to be read by others; homes are closed at their doors.
            os.umask(0o022)
            _try_setcwd(person["home"])

        return become

    def user_env(self, env):
        name = self.user.name
        person = PEOPLE[name]
        role = person["role"]
        path = ["/usr/local/bin", "/usr/bin", "/bin"]
        if role == "instructor":
            path.insert(0, CLASS["bin"])
        env.update(
            USER=name,
            LOGNAME=name,
            HOME=person["home"],
            SHELL="/bin/bash",
            PATH=os.pathsep.join([os.path.dirname(sys.executable), os.path.dirname(CLASS["node"]), *path]),
            AFTERFIT_ROLE=role,
            AFTERFIT_CLASS_ID=CLASS["id"],
            # What a role has goes before what the environment has.
            JUPYTER_CONFIG_PATH=os.path.join(CLASS["jupyter"], role),
        )
        if role == "instructor":
            env["AFTERFIT_COURSE"] = CLASS["course"]
            env["AFTERFIT_EXCHANGE"] = CLASS["exchange"]
            if os.getuid() == 0:
                env["AFTERFIT_PEOPLE"] = os.path.join(CLASS["jupyter"], role, "people.json")
        return env


c = get_config()  # noqa: F821

c.JupyterHub.bind_url = f"http://127.0.0.1:{CLASS['ports']['public']}"
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{CLASS['ports']['hub']}"
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{CLASS['ports']['proxy']}"
c.ConfigurableHTTPProxy.command = [CLASS["node"], CLASS["proxy"]]
c.ConfigurableHTTPProxy.pid_file = os.path.join(HUB, "proxy.pid")
c.JupyterHub.db_url = f"sqlite:///{os.path.join(HUB, 'jupyterhub.sqlite')}"
c.JupyterHub.cookie_secret_file = os.path.join(HUB, "cookie_secret")
c.JupyterHub.cleanup_servers = True
c.JupyterHub.cleanup_proxy = True

if CLASS["auth"] == "pam":
    c.JupyterHub.authenticator_class = "pam"
    c.PAMAuthenticator.open_sessions = False
else:
    c.JupyterHub.authenticator_class = RolePasswords
c.Authenticator.allowed_users = set(PEOPLE)
c.Authenticator.admin_users = set()

c.JupyterHub.spawner_class = ClassSpawner
c.Spawner.cmd = [sys.executable, os.path.join(os.path.dirname(__file__), "start_server.py")]
c.Spawner.default_url = "/lab"
c.Spawner.notebook_dir = "~"
c.Spawner.disable_user_config = True
c.Spawner.start_timeout = 120
c.Spawner.http_timeout = 120
c.Spawner.env_keep = ["LANG", "LC_ALL"]
c.Spawner.environment = {
    "AFTERFIT_ROOT": CLASS["project"],
    # Where the kernel and the figures' renderer are installed.
    "JUPYTER_PATH": os.path.join(CLASS["project"], ".venv", "share", "jupyter"),
    "JUPYTER_PREFER_ENV_PATH": "1",
    # TensorFlow's start-up remarks go to stderr, which a graded cell counts as a fault.
    "TF_CPP_MIN_LOG_LEVEL": "2",
    "AFTERFIT_KERNEL_HEAP": "1500",
}
c.LocalProcessSpawner.interrupt_timeout = 10
c.LocalProcessSpawner.term_timeout = 5

groups = {"instructor": "instructors", "student": "students"}
c.JupyterHub.load_groups = {
    group: {"users": [name for name, person in PEOPLE.items() if person["role"] == role]}
    for role, group in groups.items()
}
