"""Jupyter's own tests of kernels, jupyter_kernel_test, with something declared for every one of them."""

import unittest

import jupyter_kernel_test
from kernel_client import settle, start, stop
from kernel_trials import finding

TYPESCRIPT = {
    "language_name": "typescript",
    "file_extension": ".ts",
    "code_hello_world": "console.log('hello, world')",
    "code_stderr": "console.error('oops')",
    "completion_samples": [{"text": "Math.hypo"}],
    "complete_code_samples": ["1 + 1", "const q = 2", "function f() { return 1; }"],
    "incomplete_code_samples": ["function f() {", "const list = [1,", "`text"],
    "invalid_code_samples": ["1 +* 2", "const 1x = 2"],
    "code_page_something": "Math?",
    "code_generate_error": "throw new Error('on purpose')",
    "code_execute_result": [{"code": "6 * 7", "result": "42"}, {"code": "3 + 4", "result": "7"}],
    "code_display_data": [
        {"code": "import { display } from 'tslab'; display.html('<b>x</b>')", "mime": "text/html"}
    ],
    "code_history_pattern": "6 * 7",
    "supported_history_operations": ("tail", "range", "search"),
    "code_inspect_sample": "Math",
    "code_clear_output": "console.clear()",
}

DENO = {
    **TYPESCRIPT,
    "code_display_data": [
        {
            "code": "await Deno.jupyter.broadcast('display_data', { data: { 'text/html': '<b>x</b>' }, "
            "metadata: {}, transient: {} })",
            "mime": "text/html",
        }
    ],
}

PYTHON = {
    **TYPESCRIPT,
    "language_name": "python",
    "file_extension": ".py",
    "code_hello_world": "print('hello, world')",
    "code_stderr": "import sys; print('oops', file=sys.stderr)",
    "completion_samples": [{"text": "zi"}],
    "complete_code_samples": ["1 + 1", "q = 2"],
    "incomplete_code_samples": ["def f():", "list = [1,", "'''text"],
    "invalid_code_samples": ["1 +* 2", "1x = 2"],
    "code_page_something": "zip?",
    "code_generate_error": "raise ValueError('on purpose')",
    "code_display_data": [
        {
            "code": "from IPython.display import HTML, display; display(HTML('<b>x</b>'))",
            "mime": "text/html",
        }
    ],
    "code_inspect_sample": "zip",
    "code_clear_output": "from IPython.display import clear_output; clear_output()",
}

DECLARED = {"typescript": TYPESCRIPT, "deno": DENO, "python": PYTHON}


def case_of(spec, limit=10):
    """The tests as a class, on a kernel of ours."""

    class Tests(jupyter_kernel_test.KernelTests):
        @classmethod
        def setUpClass(cls):
            cls.kernel = start(spec)
            settle(cls.kernel)
            cls.kc, cls.km = cls.kernel.client, cls.kernel.manager

        @classmethod
        def tearDownClass(cls):
            stop(cls.kernel)

        def get_non_kernel_info_reply(self, timeout=None):
            return super().get_non_kernel_info_reply(timeout=timeout or limit)

    for name, value in DECLARED[spec["dialect"]].items():
        setattr(Tests, name, value)
    return Tests


def name_of(test):
    """A test's short name; a part of a test goes by the whole, a broken set-up by its class."""
    whole = getattr(test, "test_case", test)
    return getattr(whole, "_testMethodName", str(whole)).removeprefix("test_")


def conformance(spec, _cells, progress):
    """How many of the tests fail or skip something."""
    progress("jupyter_kernel_test")
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(case_of(spec))
    count, result = suite.countTestCases(), unittest.TestResult()
    suite.run(result)
    broken = [(name_of(test), why) for test, why in result.failures + result.errors]
    failed = {name for name, _ in broken}
    skipped = {name_of(test) for test, _ in result.skipped} - failed
    passed = count - len(failed) - len(skipped)
    text = f"{passed} passed, {len(failed)} failed, {len(skipped)} skipped"
    if failed:
        text += f"; failed: {', '.join(sorted(failed))}"
    reasons = {name: why.strip().splitlines()[-1][:200] for name, why in broken}
    return {"conformance": finding(count - passed, text, reasons=reasons, skipped=sorted(skipped))}
