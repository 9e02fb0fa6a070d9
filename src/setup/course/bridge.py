"""nbgrader behind `npm run course`: one process, asked by lines of JSON on stdin, each answered by one on stdout.

python bridge.py COURSE_FOLDER
"""

import functools
import json
import os
import re
import shutil
import sys

# What others print must not come between the answers.
ANSWERS = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)

import nbformat  # noqa: E402
import nbgrader.api  # noqa: E402
from nbconvert.preprocessors.sanitize import SanitizeHTML  # noqa: E402
from nbgrader.api import Gradebook, MissingEntry  # noqa: E402
from nbgrader.apps import NbGraderAPI  # noqa: E402
from nbgrader.converters import GenerateFeedback  # noqa: E402
from nbgrader.coursedir import CourseDirectory  # noqa: E402
from nbgrader.plugins.export import CsvExportPlugin  # noqa: E402
from traitlets.config import Config  # noqa: E402
from traitlets.config.loader import PyFileConfigLoader  # noqa: E402

# It starts a program each time that a gradebook is opened.
nbgrader.api.get_alembic_version = functools.cache(nbgrader.api.get_alembic_version)

ROOT = os.path.abspath(sys.argv[1])


def configuration():
    """The course's own settings, with what this program rests on."""
    file = os.path.join(ROOT, "nbgrader_config.py")
    config = PyFileConfigLoader("nbgrader_config.py", ROOT).load_config() if os.path.exists(file) else Config()
    config.CourseDirectory.root = ROOT
    return config


CONFIG = configuration()
COURSE = CourseDirectory(config=CONFIG)


@functools.cache
def gradebook():
    return Gradebook(COURSE.db_url, COURSE.course_id)


def release(request):
    """Makes release/SET out of source/SET, and what the gradebook knows of it."""
    told = NbGraderAPI(config=CONFIG).generate_assignment(request["set"], force=True)
    if not told["success"]:
        raise RuntimeError(last_line(told.get("error") or told.get("log") or ""))
    return {}


def last_line(text):
    lines = [line for line in text.strip().split("\n") if line.strip()]
    return lines[-1] if lines else "nbgrader does not say why"


def submission_of(request, **fields):
    book = gradebook()
    book.update_or_create_student(request["student"])
    return book.update_or_create_submission(request["set"], request["student"], **fields)


def forget(request):
    """Takes the automatic points of a submission away, so that no older ones are taken for those of this one."""
    try:
        submission = gradebook().find_submission(request["set"], request["student"])
    except MissingEntry:
        return {}
    for notebook in submission.notebooks:
        for grade in notebook.grades:
            grade.auto_score = None
            grade.needs_manual_grade = True
    gradebook().db.commit()
    return {}


def grade(request):
    """Keeps points, and the notebook that formgrader shows. `scores` has null where somebody is to give points."""
    scores, unanswered = request["scores"], set(request["unanswered"])
    submission = submission_of(request, timestamp=request["timestamp"])
    for notebook in submission.notebooks:
        for each in notebook.grades:
            each.auto_score = scores[each.cell.name]
            each.needs_manual_grade = each.manual_score is not None or each.auto_score is None
        for comment in notebook.comments:
            comment.auto_comment = "No response." if comment.cell.name in unanswered else None
    gradebook().db.commit()
    place = os.path.join(ROOT, "autograded", request["student"], request["set"])
    draft = f"{place}.draft"
    shutil.rmtree(draft, ignore_errors=True)
    os.makedirs(draft)
    with open(request["notebook"], encoding="utf-8") as file:
        notebook = nbformat.from_dict(json.load(file))
    nbformat.write(harmless(notebook), os.path.join(draft, f"{request['set']}.ipynb"))
    with open(os.path.join(draft, "timestamp.txt"), "w", encoding="utf-8") as file:
        file.write(request["timestamp"])
    shutil.rmtree(place, ignore_errors=True)
    os.rename(draft, place)
    return {}


# Commands of TeX by which MathJax makes links and attributes.
LINKS = re.compile(r"\\(?=(href|url|style|class|cssId|require|html\w*|data|unicode)\b)", re.IGNORECASE)
SCRIPTS = re.compile(r"(java|vb)script\s*:", re.IGNORECASE)


def harmless(notebook):
    """Students' answers in words without what a browser would carry out."""
    cleaner = SanitizeHTML()
    for cell in notebook.cells:
        if cell.cell_type != "code" and cell.metadata.get("nbgrader", {}).get("solution"):
            text = SCRIPTS.sub(r"\1script ", LINKS.sub("", cell.source))
            cell.source = cleaner.sanitize_html_tags(text)
    return notebook


def feedback(request):
    """Renders the notebooks of `inside`, laid out as autograded/ is, into `outside`."""
    config = Config(CONFIG)
    config.CourseDirectory.autograded_directory = request["inside"]
    config.CourseDirectory.feedback_directory = request["outside"]
    config.HTMLExporter.sanitize_html = True
    course = CourseDirectory(config=config)
    course.assignment_id = request["set"]
    course.student_id = request["student"]
    GenerateFeedback(coursedir=course, config=config, force=True).start()
    return {}


def dump(_request):
    """All that the exports are made of."""
    book = gradebook()
    rows = []
    for assignment in book.assignments:
        for student in sorted(book.students, key=lambda each: each.id):
            try:
                submission = book.find_submission(assignment.name, student.id)
            except MissingEntry:
                continue
            cells = [
                {"name": each.cell.name, "score": each.score, "points": each.max_score, "open": each.needs_manual_grade}
                for notebook in submission.notebooks
                for each in notebook.grades
            ]
            person = {"student": student.id, "first": student.first_name, "last": student.last_name, "email": student.email}
            rows.append({**person, "set": assignment.name, "score": submission.score, "points": assignment.max_score, "cells": cells})
    return {"rows": rows, "sets": [{"name": each.name, "points": each.max_score} for each in book.assignments]}


def csv(request):
    CsvExportPlugin(to=request["to"]).export(gradebook())
    return {}


ACTIONS = {"release": release, "forget": forget, "grade": grade, "feedback": feedback, "dump": dump, "csv": csv}

for line in sys.stdin:
    asked = json.loads(line)
    try:
        answer = ACTIONS[asked["do"]](asked)
    except Exception as error:  # noqa: BLE001
        import traceback

        traceback.print_exc()
        gradebook().db.rollback()
        answer = {"error": last_line(str(error)) or type(error).__name__}
    ANSWERS.write(json.dumps(answer) + "\n")
    ANSWERS.flush()
