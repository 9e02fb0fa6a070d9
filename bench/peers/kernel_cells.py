"""The same cells in TypeScript, with what a kernel's own library adds, and in Python."""

LINES = 100_000
LOOP = 3_000_000

# Both kernels built on tslab share every cell; `show` puts text out as a display.
TYPESCRIPT = {
    "small": lambda k: f"const v{k} = {k};\nv{k} + 1",
    "flood": f"(() => {{ for (let i = 0; i < {LINES}; i++) console.log(i); }})()",
    "order": (
        "import {{ display }} from 'tslab';\n"
        "console.log('a'); {show}; console.log('b'); console.log('c'); {show}; console.log('d');"
    ).format(show="display.text('shown')"),
    "loop": (
        f"let began = performance.now();\nlet sum = 0;\nfor (let i = 0; i < {LOOP}; i++) sum += i % 7;\n"
        "console.log(performance.now() - began);"
    ),
    "loop in a function": (
        "{ const start = performance.now();\n"
        f"const f = () => {{ let s = 0; for (let i = 0; i < {LOOP}; i++) s += i % 7; return s; }};\n"
        "f(); console.log(performance.now() - start); }"
    ),
    "keep": "let kept = 41; let ticks = 0;",
    "kept": "console.log(kept + 1)",
    "ticks": "console.log(ticks)",
    "a synchronous loop": "for (;;) {}",
    "an await": "await new Promise(() => {})",
    "a loop after an await": "await new Promise((done) => setTimeout(done, 50)); for (;;) {}",
    "native calls": (
        "import {{ pbkdf2Sync }} from '{module}';\n"
        "for (;;) pbkdf2Sync('a', 'b', 20000, 64, 'sha512');"
    ).format(module="crypto"),
    "timers": "setInterval(() => {{ ticks++; }}, 5);\nawait new Promise(() => {{}});".format(),
    "slow error": (
        "await new Promise((done) => setTimeout(done, 300));\nconst first = 1;\n"
        "throw new RangeError('on purpose');"
    ),
    "error line": 3,
    "error name": "RangeError",
    "type errors": "const a: number = 'x';\nconst b: string = 1;\nconst c: boolean = 'y';",
    "rejection": "Promise.reject(new RangeError('nobody waits'));\n"
    "await new Promise((done) => setTimeout(done, 300));",
    "hog": (
        "const hog: number[][] = [];\n"
        "(() => { for (;;) hog.push(Array.from({ length: 100000 }, (_, i) => i + Math.random())); })()"
    ),
    "result": "6 * 7",
    "result text": "42",
    "html": "import { display } from 'tslab';\ndisplay.html('<b>bold</b>');",
    "svg": "import { display } from 'tslab';\n"
    "display.svg('<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>');",
    "update": (
        "import { newDisplay } from 'tslab';\nconst live = newDisplay();\nlive.text('one'); live.text('two');"
    ),
    "bundle": (
        "({ [Symbol.for('Jupyter.display')]: () => "
        "({ 'text/plain': 'plain', 'text/html': '<i>rich</i>', 'application/json': { a: 1 } }) })"
    ),
    "object": "({ weights: [1, 2, 3], name: 'x' })",
}

DENO = {
    **TYPESCRIPT,
    "order": "; ".join(
        [
            "console.log('a')",
            "await Deno.jupyter.broadcast('display_data', {0})",
            "console.log('b'); console.log('c')",
            "await Deno.jupyter.broadcast('display_data', {0})",
            "console.log('d')",
        ]
    ).replace("{0}", "{ data: { 'text/plain': 'shown' }, metadata: {}, transient: {} }"),
    "native calls": TYPESCRIPT["native calls"].replace("'crypto'", "'node:crypto'"),
    "html": "Deno.jupyter.html`<b>bold</b>`",
    "svg": 'Deno.jupyter.svg`<svg xmlns="http://www.w3.org/2000/svg"></svg>`',
    "update": (
        "const show = (text: string, kind: string) => Deno.jupyter.broadcast(kind, { data: { 'text/plain':"
        " text }, metadata: {}, transient: { display_id: 'live' } });\n"
        "await show('one', 'display_data'); await show('two', 'update_display_data');"
    ),
}

PYTHON = {
    "small": lambda k: f"v{k} = {k}\nv{k} + 1",
    "flood": f"for i in range({LINES}): print(i)",
    "order": (
        "print('a'); display({0}, raw=True); print('b'); print('c'); display({0}, raw=True); print('d')"
    ).replace("{0}", "{'text/plain': 'shown'}"),
    "loop": (
        "import time; began = time.perf_counter(); total = 0\n"
        f"for i in range({LOOP}): total += i % 7\n"
        "print(1000 * (time.perf_counter() - began))"
    ),
    "loop in a function": (
        "import time\ndef f():\n    s = 0\n"
        f"    for i in range({LOOP}): s += i % 7\n    return s\n"
        "start = time.perf_counter(); f(); print(1000 * (time.perf_counter() - start))"
    ),
    "keep": "kept = 41; ticks = 0",
    "kept": "print(kept + 1)",
    "ticks": "print(ticks)",
    "a synchronous loop": "while True: pass",
    "an await": "import asyncio\nawait asyncio.sleep(3600)",
    "a loop after an await": "import asyncio\nawait asyncio.sleep(0.05)\nwhile True: pass",
    "native calls": (
        "import hashlib\nwhile True: hashlib.pbkdf2_hmac('sha512', b'a', b'b', 20000)"
    ),
    "timers": (
        "import asyncio\ndef tick():\n    global ticks\n    ticks += 1\n"
        "    asyncio.get_running_loop().call_later(0.005, tick)\ntick()\nawait asyncio.sleep(3600)"
    ),
    "slow error": "import time; time.sleep(0.3)\nfirst = 1\nraise ValueError('on purpose')",
    "error line": 3,
    "error name": "ValueError",
    "type errors": None,
    "rejection": (
        "import asyncio\nasync def fail(): raise ValueError('nobody waits')\n"
        "asyncio.ensure_future(fail())\nawait asyncio.sleep(0.3)"
    ),
    "hog": (
        "import resource; resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))\n"
        "hog = []\nwhile True: hog.append([float(i) for i in range(100000)])"
    ),
    "result": "6 * 7",
    "result text": "42",
    "html": "from IPython.display import HTML\nHTML('<b>bold</b>')",
    "svg": "from IPython.display import SVG\n"
    "SVG('<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>')",
    "update": "live = display('one', display_id=True); live.update('two')",
    "bundle": (
        "class Rich:\n    def _repr_mimebundle_(self, **_):\n        return {'text/plain': 'plain', "
        "'text/html': '<i>rich</i>', 'application/json': {'a': 1}}\nRich()"
    ),
    "object": "dict(weights=[1, 2, 3], name='x')",
}

# What makes many objects or promises: each is run as a function of a cell, timed inside.
MAKING = {
    "3 million objects": (
        "const kept: unknown[] = []; let sum = 0; "
        "for (let i = 0; i < 3e6; i++) { const o = { x: i, y: i + 1 }; kept[i & 1023] = o; sum += o.x; } "
        "return sum;"
    ),
    "a Map of a million": (
        "const m = new Map<number, number>(); for (let i = 0; i < 1e6; i++) m.set(i, 2 * i); "
        "let sum = 0; for (const [k, v] of m) sum += k + v; return sum;"
    ),
    "map and filter": (
        "let count = 0; for (let k = 0; k < 10; k++) count += Array.from({ length: 300000 }, (_, i) => i)"
        ".map((x) => 2 * x).filter((x) => x % 3 === 0).map((x) => ({ x })).length; return count;"
    ),
    "JSON": (
        "let count = 0; for (let k = 0; k < 5; k++) { const rows = Array.from({ length: 50000 }, (_, i) => "
        "({ id: i, name: `n${i}`, both: [i, i + 1] })); "
        "count += JSON.parse(JSON.stringify(rows)).length; } return count;"
    ),
    "binary trees": (
        "type Tree = { l?: Tree; r?: Tree }; "
        "const grown = (d: number): Tree => (d === 0 ? {} : { l: grown(d - 1), r: grown(d - 1) }); "
        "const size = (t: Tree): number => (t.l ? 1 + size(t.l) + size(t.r!) : 1); "
        "const long = grown(17); let sum = 0; for (let k = 0; k < 20; k++) sum += size(grown(16)); "
        "return sum + size(long);"
    ),
    "300,000 promises": (
        "return (await Promise.all(Array.from({ length: 300000 }, async (_, i) => i))).length;"
    ),
    "a million awaits": "let sum = 0; for (let i = 0; i < 1e6; i++) sum += await i; return sum;",
    "30 million additions": (
        "let s = 0.5; for (let i = 0; i < 3e7; i++) s = s * 0.999999 + i * 1e-9; return s;"
    ),
}


def making(name):
    """The cell of one of them, which prints its milliseconds."""
    return (
        "{ const start = performance.now();\n"
        f"const made = async () => {{ {MAKING[name]} }};\n"
        "const result = await made();\n"
        "console.log(performance.now() - start); }"
    )


CELLS = {"typescript": TYPESCRIPT, "deno": DENO, "python": PYTHON}

# Ten imports of the kit, each of something else, as the notebooks write them.
IMPORTS = [
    "randomStream",
    "teacherProblem",
    "twoLayer",
    "squaredRelu",
    "objective",
    "exponentialLoss",
    "initialise",
    "followFlow",
    "separation",
    "certifyLimit",
]
