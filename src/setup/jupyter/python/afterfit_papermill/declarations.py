"""Reads `const`, `let` and `var` at the top level of a cell, without a TypeScript compiler."""

import re
from typing import NamedTuple

TOKEN = re.compile(
    r"""
    (?P<newline>\n)
  | (?P<space>[^\S\n]+)
  | (?P<comment>//[^\n]*|/\*.*?\*/)
  | (?P<string>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)
  | (?P<word>[\w$][\w$.]*)
  | (?P<sign>=>|===?|!==?|<=|&&|\|\||\?\?|\*\*|.)
    """,
    re.VERBOSE | re.DOTALL,
)

OPENING, CLOSING = "([{", ")]}"

# A line that ends or begins with one of these goes on.
JOINING_END = {"=", "=>", ":", ",", "|", "&", "+", "-", "*", "/", "%", "**", "?", "&&", "||", "??", "<", "."}
JOINING_START = JOINING_END - {"<"} | {"."}


class Token(NamedTuple):
    kind: str
    text: str


class Declaration(NamedTuple):
    name: str
    annotation: str
    value: str
    comment: str


def tokens_of(source):
    return [Token(str(found.lastgroup), found[0]) for found in TOKEN.finditer(source)]


def is_blank(token):
    return token.kind in ("space", "newline", "comment")


def ends_here(before, after):
    """Whether the newline between two runs of tokens ends a statement."""
    last = next((token.text for token in reversed(before) if not is_blank(token)), "=")
    first = next((token.text for token in after if not is_blank(token)), ";")
    return last not in JOINING_END and first not in JOINING_START


def statements(tokens):
    """Pairs of a statement's tokens and of the comment that follows it on its last line."""
    current, depth, k = [], 0, 0
    while k < len(tokens):
        token = tokens[k]
        k += 1
        depth += (token.text in OPENING) - (token.text in CLOSING) if token.kind == "sign" else 0
        ended = depth == 0 and token.text == ";" and token.kind == "sign"
        if not ended:
            if depth == 0 and token.kind == "newline" and ends_here(current, tokens[k:]):
                yield current, trailing(current)
                current = []
            else:
                current.append(token)
            continue
        rest = []
        while k < len(tokens) and tokens[k].kind in ("space", "comment"):
            rest.append(tokens[k])
            k += 1
        yield current, trailing(rest)
        current = []
    yield current, trailing(current)


def trailing(tokens):
    """The text of the comment that stands last, without its signs."""
    left = [token for token in tokens if token.kind != "space"]
    if not left or left[-1].kind != "comment":
        return ""
    text = re.sub(r"^//+|^/\*+|\*+/$", "", left[-1].text)
    return " ".join(text.split())


def places(tokens, sign):
    """Where a sign stands outside all brackets, `<…>` of a type before its `=` included."""
    depth, angles, assigned = 0, 0, False
    for k, token in enumerate(tokens):
        if token.kind != "sign":
            continue
        depth += (token.text in OPENING) - (token.text in CLOSING)
        angles += 0 if assigned else (token.text == "<") - (token.text == ">")
        if depth == 0 and angles == 0:
            if token.text == sign:
                yield k
            assigned = token.text == "=" or (assigned and token.text != ",")


def cut(tokens, sign):
    """What stands before the first such sign, and what after it; nothing after it where there is none."""
    k = next(places(tokens, sign), len(tokens))
    return tokens[:k], tokens[k + 1 :]


def declarators(tokens):
    """The parts between commas: `a = 1, b = 2` has two."""
    ends = [*places(tokens, ","), len(tokens)]
    starts = [0, *(k + 1 for k in ends)]
    return [tokens[start:end] for start, end in zip(starts, ends)]


def text_of(tokens):
    """A piece of source on one line, without its comments."""
    text, gap = "", False
    for token in tokens:
        if is_blank(token):
            gap = True
            continue
        inside = text.endswith(("(", "[")) or token.text in (")", "]")
        text += " " * (gap and text != "" and not inside) + token.text
        gap = False
    return text


def declarations(source):
    """The variables that the statements at the top level declare with a value, in order."""
    found = []
    for statement, comment in statements(tokens_of(source)):
        solid = [k for k, token in enumerate(statement) if not is_blank(token)]
        if not solid or statement[solid[0]].text not in ("const", "let", "var"):
            continue
        for part in declarators(statement[solid[0] + 1 :]):
            target, value = cut(part, "=")
            name, annotation = (text_of(tokens) for tokens in cut(target, ":"))
            if text_of(value) != "" and re.fullmatch(r"[\w$]+", name):
                found.append(Declaration(name, annotation, text_of(value), comment))
            elif text_of(value) != "":
                found += [Declaration(each, "", f"{text_of(value)}.{each}", comment) for each in names_in(name)]
    return found


def names_in(pattern):
    """The names in a pattern of short forms alone, such as `{ seed, scale }`; none in any other."""
    inside = re.fullmatch(r"\{((?: ?[\w$]+ ?,?)+) ?\}", pattern)
    return re.findall(r"[\w$]+", inside[1]) if inside else []


def inferred_type(value):
    """The type that a literal has; "None" where only a compiler could say, as papermill wants it."""
    patterns = {
        "number": r"[-+]?(\d[\w.]*(e[-+]\d+)?|\.\d+\w*|Infinity|NaN)",
        "string": r"\"[^\"]*\"|'[^']*'|`[^`]*`",
        "boolean": r"true|false",
        "null": r"null",
    }
    if re.fullmatch(r"-?\d[\d_]*n", value):
        return "bigint"
    for name, pattern in patterns.items():
        if re.fullmatch(pattern, value):
            return name
    return {"[": "array", "{": "object"}.get(value[:1], "None")
