"""The conformance tests of jupyter_kernel_test, with everything declared that the kernel can do.

Run as a program, it prints one JSON object: the outcome of each test, passed, failed or skipped, with
what there is to say. AFTERFIT_TEST_ARGV holds the kernel's argv as JSON.
"""

import json
import os
import sys
import unittest

import jupyter_kernel_test
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager


class TypeScriptKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = "typescript"
    language_name = "typescript"
    file_extension = ".ts"

    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('oops')"
    completion_samples = [
        {"text": "'text'.toUpp", "matches": ["toUpperCase"]},
        {"text": "Math.hyp", "matches": ["hypot"]},
        {"text": "nothingOfThisName"},
    ]
    complete_code_samples = [
        "1 + 1",
        "const a: number = 1;",
        "function f(): number {\n  return 1;\n}",
        "import { join } from 'node:path';",
        "await null",
    ]
    incomplete_code_samples = [
        "function f() {",
        "const a = [1,",
        "`an open template",
        "f(1,",
        "/* an open comment",
        "class A {\n  b = 1;",
    ]
    invalid_code_samples = ["const = 3;", "a b c", ")", "'not closed"]
    code_page_something = "console?"
    code_generate_error = "throw new RangeError('out of range')"
    code_execute_result = [
        {"code": "1+2+3", "result": "6"},
        {"code": "'six'.length", "result": "3"},
        {"code": "6 * 7", "result": "42"},
        {
            "code": "({ [Symbol.for('Jupyter.display')]: () => ({ 'text/html': '<b>b</b>' }) })",
            "mime": "text/html",
            "result": "<b>b</b>",
        },
    ]
    code_display_data = [
        {"code": "import { display } from 'tslab'; display.html('<b>b</b>')", "mime": "text/html"},
        {"code": "import { display } from 'tslab'; display.svg('<svg/>')", "mime": "image/svg+xml"},
    ]
    code_history_pattern = "1?2*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "console"
    code_clear_output = "console.clear()"

    @classmethod
    def setUpClass(cls):
        argv = json.loads(os.environ["AFTERFIT_TEST_ARGV"])
        cls.km = KernelManager()
        cls.km._kernel_spec = KernelSpec(
            argv=argv, language="typescript", interrupt_mode="message"
        )
        cls.km.start_kernel()
        cls.kc = cls.km.client()
        cls.kc.start_channels()
        cls.kc.wait_for_ready(timeout=60)


class Outcomes(unittest.TestResult):
    """Gathers the outcomes; a test with a failed part has failed."""

    def __init__(self):
        super().__init__()
        self.outcomes = {}

    def note(self, test, outcome, said=""):
        name = test.id().split(" ")[0].split(".")[-1]
        if self.outcomes.get(name, {}).get("outcome", "passed") == "passed":
            self.outcomes[name] = {"outcome": outcome, "said": said}

    def addSuccess(self, test):
        self.note(test, "passed")

    def addFailure(self, test, error):
        self.note(test, "failed", self._exc_info_to_string(error, test))

    addError = addFailure

    def addSkip(self, test, reason):
        self.note(test, "skipped", reason)

    def addSubTest(self, test, subtest, error):
        if error is not None:
            self.note(test, "failed", f"{subtest.id()}: {self._exc_info_to_string(error, test)}")


def run():
    result = Outcomes()
    unittest.defaultTestLoader.loadTestsFromTestCase(TypeScriptKernelTests).run(result)
    print(json.dumps(result.outcomes))


if __name__ == "__main__":
    sys.exit(run())
