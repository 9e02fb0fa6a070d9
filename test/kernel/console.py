"""Types into `jupyter console` as somebody at a terminal does, and checks what it shows.

Takes the program and the kernel's name; the exit status is 0 when everything came as expected, and else
standard error holds what the console showed instead.
"""

import os
import sys

import pexpect

PATIENCE = 30


def start(console, kernel, *options):
    env = {**os.environ, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"}
    args = ["--kernel", kernel, *options]
    return pexpect.spawn(
        console, args, encoding="utf-8", timeout=PATIENCE, env=env, dimensions=(40, 120)
    )


def converse(child):
    """Cell after cell with the plain prompt."""
    child.expect(r"In \[1\]: ")

    child.sendline("const answer: number = 6 * 7; answer")
    child.expect(r"Out\[1\]: *42")
    child.expect(r"In \[2\]: ")

    child.sendline("console.log('twice:', 2 * answer)")
    child.expect("twice: 84")
    child.expect(r"In \[3\]: ")

    child.sendline("throw new RangeError('too' + ' far')")
    child.expect("RangeError")
    child.expect("too far")
    child.expect(r"In \[4\]: ")

    child.sendline("`Hello ${prompt('Who' + '? ')}`")
    child.expect(r"Who\? ")
    child.sendline("Ada")
    child.expect(r"Out\[4\]: *'Hello Ada'")
    child.expect(r"In \[5\]: ")

    child.sendline("console.log('be' + 'gun'); for (;;);")
    child.expect("begun")
    child.sendintr()
    child.expect("Interrupted", timeout=10)
    child.expect(r"In \[6\]: ")

    child.sendline("answer")
    child.expect(r"Out\[6\]: *42")
    child.expect(r"In \[7\]: ")


def type_lines(child):
    """A function in several lines: the console asks the kernel whether it is whole, and indents."""
    child.expect(r"In \[")
    child.send("'war' + 'm'\r")
    child.expect("'warm'")
    child.expect(r"In \[")
    child.send("function twice(x: number): number {\r")
    child.expect(r"\.\.\.: ")
    child.send("return 2 * x;\r")
    child.expect(r"\.\.\.: ")
    child.send("}\r")
    child.expect(r"In \[")
    child.send("twice(4242)\r")
    child.expect("8484")
    child.expect(r"In \[")


def run(console, kernel):
    for talk, options in [(converse, ["--simple-prompt"]), (type_lines, [])]:
        child = start(console, kernel, *options)
        try:
            talk(child)
        except (pexpect.TIMEOUT, pexpect.EOF) as error:
            sys.exit(f"{talk.__name__}: {error}")
        finally:
            child.close(force=True)


if __name__ == "__main__":
    run(*sys.argv[1:])
