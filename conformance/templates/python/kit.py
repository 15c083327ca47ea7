"""The adapter protocol on standard input and output. Nothing here is yours to change."""

import json
import math
import os
import re
import sys
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor

TEXTS = ("access_token", "token_type", "issued_token_type", "scope", "id_token", "refresh_token")
NUMBERS = ("expires_in", "expires_at")
TOKEN = re.compile(r'([{}\[\]])|("(?:[^"\\]|\\.)*")|([^\s,:{}\[\]"]+)')
HELPERS = ("session_transfer_redirect", "current_actor", "delegation_chain")


class AdapterFault(Exception):
    """For a mistake of the adapter itself, which says nothing of the SDK."""


class Unsupported(Exception):
    """For an option that the SDK does not have, by its wire name."""


def serve(sdk, capabilities, operations, concurrency=1):
    """Answers requests until standard input ends.

    sdk: {"name", "version", "language"}.
    capabilities: what the SDK offers.
    operations: a function for each "op". It gets the request as a dict and gives a dict of tokens, the value of a
    helper, or the list of what was seen after each step of a session. What it raises is the SDK's error. An op without
    a function is unsupported.
    concurrency: how many requests to work on at the same time, in threads.
    """
    write = _claim_stdout()
    # One more may wait in the pipe, so that there is always something to do.
    hello = {"sdk": sdk, "capabilities": capabilities, "concurrency": concurrency + 1}

    def answer(message):
        request = message["request"]
        if request["op"] == "hello":
            reply = {"hello": hello}
        else:
            reply = {"observation": _observe(operations.get(request["op"]), request)}
        write(json.dumps({"v": 1, "id": message["id"], **reply}, allow_nan=False))

    if concurrency == 1:
        for line in sys.stdin.buffer:
            answer(json.loads(line))
        return
    with ThreadPoolExecutor(concurrency) as pool:
        for line in sys.stdin.buffer:
            pool.submit(answer, json.loads(line))


def claims_of(request):
    """The claims of a request to a helper. Python's own parser recurses, and falls over long chains of actors."""
    holder = []
    open_ones = [holder]
    names = [None]
    for mark, text, word in TOKEN.findall(request["claims"]):
        if mark in ("}", "]"):
            open_ones.pop()
            names.pop()
        elif mark in ("{", "["):
            value = {} if mark == "{" else []
            _put(open_ones[-1], names, value)
            open_ones.append(value)
            names.append(None)
        elif text and isinstance(open_ones[-1], dict) and names[-1] is None:
            names[-1] = json.loads(text)
        elif text or word:
            _put(open_ones[-1], names, json.loads(text or word))
    return holder[0]


def _put(place, names, value):
    if isinstance(place, list):
        place.append(value)
    else:
        place[names[-1]] = value
        names[-1] = None


def _claim_stdout():
    """Standard output is for messages alone: what the SDK prints goes to standard error."""
    messages = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    lock = threading.Lock()

    def write(text):
        with lock:
            messages.write(text + "\n")
            messages.flush()

    return write


def _observe(operation, request):
    if operation is None:
        return {"outcome": "unsupported", "capability": request["op"]}
    try:
        result = operation(request)
        if request["op"] == "session":
            return {"outcome": "session", "steps": result}
        if request["op"] in HELPERS:
            return {"outcome": "value", "value": _value(result)}
        return {"outcome": "tokens", "tokens": _tokens(result if isinstance(result, dict) else {"access_token": result})}
    except Unsupported as option:
        return {"outcome": "unsupported", "capability": str(option)}
    except AdapterFault as fault:
        return {"outcome": "adapter_error", "message": str(fault)}
    except Exception as error:
        return {"outcome": "rejected", "error": _error(error)}


def _tokens(result):
    """Only the members of the protocol, in its types: what the SDK gives as something else still shows."""
    tokens = {"access_token": _text(result.get("access_token", ""))}
    tokens |= {name: _text(result[name]) for name in TEXTS if result.get(name) is not None}
    tokens |= {name: _number(result[name]) for name in NUMBERS if result.get(name) is not None}
    if isinstance(result.get("act"), dict):
        tokens["act"] = result["act"]
    return tokens


def _value(result):
    """What is no text, no list and not nothing still shows."""
    if isinstance(result, (list, tuple)):
        return [_text(item) for item in result]
    return None if result is None else _text(result)


def _text(value):
    return value if isinstance(value, str) else json.dumps(value, default=str)


def _number(value):
    """Null for a number that is none."""
    try:
        return float(value) if math.isfinite(float(value)) else None
    except (TypeError, ValueError):
        return None


def _error(error):
    stack = "".join(traceback.format_exception(type(error), error, error.__traceback__, chain=False))
    members = {
        "class": type(error).__name__,
        "code": getattr(error, "code", None),
        "message": str(error),
        "stack": stack,
        "oauth_error": getattr(error, "error", None),
    }
    return {name: value for name, value in members.items() if isinstance(value, str)}
