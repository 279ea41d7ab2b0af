# Runs one submission in Python, and knows nothing of what is expected of it: `python3 runner.py FILE MEGABYTES PACKAGES…`. Requests come
# in on descriptor 3, a line of JSON each, and are answered there, one by one. Stands alone: it is copied beside the submission.
# Where the submission imported NumPy it is given arrays, else lists.

import json
import os
import sys

CHANNEL = 3
LONGEST = 1 << 20
DEEPEST = 32
MOST_PARTS = 1 << 18
FILE = sys.argv[1]


class Requests:
    """Lines of the channel, read byte for byte from the descriptor."""

    def __init__(self):
        self.unread = b""

    def next(self):
        while b"\n" not in self.unread:
            chunk = os.read(CHANNEL, 1 << 16)
            if not chunk:
                return None
            self.unread += chunk
        line, self.unread = self.unread.split(b"\n", 1)
        return line


def say(line):
    sent = memoryview((line + "\n").encode("utf-8", "replace"))
    while sent:
        sent = sent[os.write(CHANNEL, sent):]


def tagged(number):
    """Numbers that JSON has no word for."""
    if number != number:
        return {"$number": "NaN"}
    if number in (float("inf"), float("-inf")):
        return {"$number": "Infinity" if number > 0 else "-Infinity"}
    return number


def plain(value, depth=0, seen=None):
    """Whatever a function returned as lists, dicts, words and numbers; what is none of them is named."""
    seen = [0] if seen is None else seen
    seen[0] += 1
    if seen[0] > MOST_PARTS:
        return {"$other": "something too large, or in itself"}
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return int(value) if abs(value) < 1 << 53 else tagged(as_float(value))
    if isinstance(value, float):
        return tagged(float(value))
    if depth == DEEPEST:
        return {"$other": "something nested too deep, or in itself"}
    if isinstance(value, (list, tuple)):
        return [plain(entry, depth + 1, seen) for entry in value]
    if isinstance(value, dict):
        return {str(name): plain(entry, depth + 1, seen) for name, entry in value.items()}
    if isinstance(value, complex):
        return {"$other": "a complex number"}
    if callable(getattr(value, "tolist", None)) and not isinstance(value, type):
        listed = value.tolist()
        if isinstance(listed, (list, int, float, bool, str)):
            return plain(listed, depth + 1, seen)
    return {"$other": "a " + type(value).__name__}


def as_float(number):
    try:
        return float(number)
    except OverflowError:
        return float("inf") if number > 0 else float("-inf")


def untagged(value):
    return float(value["$number"]) if set(value) == {"$number"} else value


def given(value, numpy, inside=False):
    """An argument as the submission works with it: lists of numbers are floats, or arrays where it imported NumPy."""
    if isinstance(value, dict):
        return {name: given(entry, numpy, inside) for name, entry in value.items()}
    if isinstance(value, list):
        if numpy is not None:
            try:
                return numpy.array(value, dtype=numpy.float64)
            except (ValueError, TypeError):
                pass
        return [given(entry, numpy, True) for entry in value]
    return float(value) if inside and isinstance(value, int) else value


def raised_by(error):
    if isinstance(error, SyntaxError) and error.filename == FILE:
        return {"name": type(error).__name__, "message": str(error.msg), "line": error.lineno}
    found = {"name": type(error).__name__[:200], "message": str(error)[:4000]}
    at = error.__traceback__
    while at is not None:
        if at.tb_frame.f_code.co_filename == FILE:
            found["line"] = at.tb_lineno
        at = at.tb_next
    return found


def keeper(load_module, write, read):
    """Answers questions about one submission. What it keeps is in here alone, where no module and no object has a name for it."""
    function = None
    numpy = None
    kept = {}

    def load(question):
        nonlocal function, numpy
        kind, body, names = load_module(question)
        if kind is not None:
            return kind, body
        numpy = sys.modules.get("numpy")
        name = next((wanted for wanted in question["functions"] if wanted in names), None)
        function = names.get(name)
        if callable(function):
            return "loaded", {"numpy": getattr(numpy, "__version__", None)}
        found = [n for n, f in names.items() if callable(f) and getattr(f, "__module__", "") == "submission"]
        return "none", {"found": found[:50], "instead": None if name is None else "not-a-function"}

    def call(question):
        arguments = tuple(read(value, numpy) for value in question["arguments"])
        # Kept before it is called: it may raise.
        keep = question.get("keep")
        kept[keep] = arguments, None
        result = function(*arguments)
        kept[keep] = arguments, result
        return answer(result)

    def again(question):
        arguments = kept[question["keep"]][0]
        others = question.get("others")
        if others is not None:
            arguments = [mine if other is None else read(other, numpy) for mine, other in zip(arguments, others)]
        return answer(function(*arguments))

    def recall(question):
        return answer(kept[question["keep"]][1])

    def given_now(question):
        return answer(kept[question["keep"]][0])

    def end(question):
        return "value", None

    def answer(result):
        if hasattr(type(result), "__await__"):
            getattr(result, "close", lambda: None)()
            return "promise", True
        return "value", write(result)

    return {"load": load, "call": call, "again": again, "recall": recall, "given": given_now, "end": end}.get


def loaded(question):
    """Runs the submission: what went wrong and nothing, or nothing and its names."""
    module = type(sys)("submission")
    module.__file__ = FILE
    sys.modules["submission"] = module
    try:
        with open(FILE, "rb") as file:
            code = compile(file.read(), FILE, "exec", dont_inherit=True)
    except SyntaxError as error:
        return "failed", {"kind": "syntax", "raised": raised_by(error)}, None
    except BaseException as error:
        return "failed", {"kind": "load", "raised": raised_by(error)}, None
    try:
        exec(code, vars(module))
    except (SystemExit, KeyboardInterrupt):
        raise
    except ImportError as error:
        return "failed", {"kind": "import", "raised": raised_by(error), "missing": error.name}, None
    except BaseException as error:
        return "failed", {"kind": "load", "raised": raised_by(error)}, None
    return None, None, vars(module)


def bound_memory(megabytes):
    """The address space, for where nothing outside bounds it."""
    try:
        import resource

        for what, most in ((resource.RLIMIT_AS, megabytes << 20), (resource.RLIMIT_CORE, 0)):
            hard = resource.getrlimit(what)[1]
            least = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(what, (least, least))
    except (ImportError, ValueError, OSError):
        pass


def main():
    bound_memory(int(sys.argv[2]))
    sys.path += sys.argv[3:]
    sys.argv = [FILE]
    # What the submission imports as the main module is an empty one.
    sys.modules["__main__"] = type(sys)("__main__")
    requests = Requests()
    asked = keeper(loaded, plain, given)
    while True:
        line = requests.next()
        if line is None:
            return
        question = json.loads(line, object_hook=untagged)
        try:
            kind, body = asked(question["ask"])(question)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            kind, body = "threw", raised_by(error)
        text = json.dumps(body)
        if len(text) > LONGEST - 100:
            kind, text = "long", str(len(text))
        say('{"id":%s,"%s":%s}' % (json.dumps(question["id"]), kind, text))


main()
