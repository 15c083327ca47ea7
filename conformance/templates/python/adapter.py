"""Drives one SDK for the conformance suite. Put your SDK where token_exchange is."""

import contextlib
import http.client
import json
import ssl
from urllib.parse import urlencode, urlsplit

from kit import serve


def token_exchange(target, form):
    """A stand-in for your SDK: it posts what it is given."""
    trust = ssl.create_default_context(cafile=target["ca_file"])
    connection = http.client.HTTPSConnection(urlsplit(target["issuer"]).netloc, timeout=3, context=trust)
    with contextlib.closing(connection):
        headers = {"content-type": "application/x-www-form-urlencoded"}
        connection.request("POST", "/oauth/token", urlencode(form), headers)
        response = connection.getresponse()
        body = json.loads(response.read())
    if response.status != 200 or "access_token" not in body:
        raise ValueError(body.get("error", "no access token"))
    return body


def exchange(request):
    """One exchange. The keys of the input are the wire names of the options that the application sets."""
    options = dict(request["input"])
    extra = [(name, value) for name, values in options.pop("extra", []) for value in _list(values)]
    client = request["client"]
    form = [("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange")]
    form += [("client_id", client["id"]), ("client_secret", client["secret"])]
    return token_exchange(request["target"], [*form, *options.items(), *extra])


def _list(values):
    return values if isinstance(values, list) else [values]


serve(
    sdk={"name": "my-sdk", "version": "0.0.0", "language": "python"},
    capabilities={
        "exchange": "typed",
        "extra": True,
        "actor": "typed",
        "organization": True,
        "current_actor": False,
        "delegation_chain": False,
    },
    operations={"exchange": exchange},
)
