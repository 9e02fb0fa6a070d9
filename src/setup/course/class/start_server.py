"""Starts one person's server, as that person: the hub runs it with that person's number and home."""

import os
import pwd
from pathlib import Path

HOME = Path.home()


def resolve_kit():
    """Lets cells of every folder in this home import 'afterfit'. What somebody has put there stays."""
    link = HOME / "node_modules" / "afterfit"
    link.parent.mkdir(exist_ok=True)
    if link.is_symlink() and not link.exists():
        link.unlink()
    if not os.path.lexists(link):
        link.symlink_to(os.environ["AFTERFIT_ROOT"])


def name_own_number():
    """nbgrader asks for the account's name, and in a class that is tried the machine has none for this number."""
    number, of_machine = os.getuid(), pwd.getpwuid
    own = pwd.struct_passwd((os.environ["USER"], "x", number, os.getgid(), "", str(HOME), "/bin/bash"))
    pwd.getpwuid = lambda uid: own if uid == number else of_machine(uid)


def make_course_folder():
    """Where the instructor has the course; nobody else may look into it."""
    course = os.environ.get("AFTERFIT_COURSE")
    if course:
        Path(course).mkdir(mode=0o700, exist_ok=True)
        os.chmod(course, 0o700)


if __name__ == "__main__":
    resolve_kit()
    name_own_number()
    make_course_folder()
    from jupyterhub.singleuser import main

    main()
