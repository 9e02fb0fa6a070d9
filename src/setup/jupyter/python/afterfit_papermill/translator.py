"""Python values as TypeScript, and the parameters that a cell of TypeScript declares."""

import json
import math
import re
from datetime import date
from numbers import Integral, Real

from papermill.exceptions import PapermillException
from papermill.models import Parameter
from papermill.translators import Translator

from .declarations import declarations, inferred_type

LARGEST_EXACT = 2**53 - 1
"""Beyond this a number of JavaScript skips integers, and a bigint is written."""

RESERVED = frozenset(
    "await break case catch class const continue debugger default delete do else enum export extends "
    "false finally for function if implements import in instanceof interface let new null package "
    "private protected public return static super switch this throw true try typeof var void while "
    "with yield".split()
)

# Not printable, or half of a pair: what JSON may leave as it is and a file of UTF-8 may not hold.
UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class TypeScriptTranslator(Translator):
    """Assigns with `var`: such a cell may follow one that declares the same names with `var`."""

    @classmethod
    def translate(cls, val):
        # Before papermill's own cases, which know neither tuples nor the numbers of NumPy.
        if isinstance(val, (tuple, set, frozenset)):
            return cls.translate_list(list(val))
        if isinstance(val, date):
            return cls.translate_str(val.isoformat())
        if not isinstance(val, bool) and isinstance(val, Integral):
            return cls.translate_int(int(val))
        if not isinstance(val, bool) and isinstance(val, Real):
            return cls.translate_float(float(val))
        return super().translate(val)

    @classmethod
    def translate_escaped_str(cls, str_val):
        text = json.dumps(str(str_val), ensure_ascii=False)
        return UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)

    @classmethod
    def translate_none(cls, val):
        return "null"

    @classmethod
    def translate_int(cls, val):
        return str(val) if abs(val) <= LARGEST_EXACT else f"{val}n"

    @classmethod
    def translate_float(cls, val):
        if math.isnan(val):
            return "NaN"
        if math.isinf(val):
            return "Infinity" if val > 0 else "-Infinity"
        return repr(val)

    @classmethod
    def translate_list(cls, val):
        return f"[{', '.join(cls.translate(item) for item in val)}]"

    @classmethod
    def translate_dict(cls, val):
        if not val:
            return "{}"
        pairs = [f"{cls.key(key)}: {cls.translate(item)}" for key, item in val.items()]
        return f"{{ {', '.join(pairs)} }}"

    @classmethod
    def key(cls, key):
        """A key as JSON would have it; `"__proto__": …` would set the prototype."""
        if key is None or isinstance(key, bool):
            return cls.translate_str(cls.translate(key))
        text = cls.translate_str(key)
        return '["__proto__"]' if text == '"__proto__"' else text

    @classmethod
    def comment(cls, cmt_str):
        return "\n".join(f"// {line}".rstrip() for line in cmt_str.splitlines())

    @classmethod
    def assign(cls, name, str_val):
        # Python's identifiers are TypeScript's but for the dollar sign.
        if not name.replace("$", "_").isidentifier() or name in RESERVED:
            raise PapermillException(
                f"The parameter {name!r} cannot be a variable of TypeScript; expected letters, digits, "
                "'_' and '$', no digit first, and no keyword."
            )
        return f"var {name} = {str_val};"

    @classmethod
    def inspect(cls, parameters_cell):
        """The variables that the cell declares, with type, value and the comment behind each."""
        return [
            Parameter(name, annotation or inferred_type(value), value, comment)
            for name, annotation, value, comment in declarations(parameters_cell["source"])
        ]
