"""The least that an SDK can do in Python, over connections that are kept alive: what is measured is the suite."""

import http.client
import json
import ssl
from functools import cache
from urllib.parse import urlencode, urlsplit

from kit import serve

FORM = {"grant_type": "urn:ietf:params:oauth:grant-type:token-exchange"}


@cache
def connection_to(origin, ca_file):
    return http.client.HTTPSConnection(origin, context=ssl.create_default_context(cafile=ca_file))


def exchange(request):
    target, client = request["target"], request["client"]
    form = {**FORM, "client_id": client["id"], "client_secret": client["secret"], **request["input"]}
    connection = connection_to(urlsplit(target["issuer"]).netloc, target["ca_file"])
    headers = {"content-type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/oauth/token", urlencode(form), headers)
    return json.loads(connection.getresponse().read())


serve(
    sdk={"name": "http-client", "version": "0.0.0", "language": "python"},
    capabilities={"exchange": "generic", "extra": False, "actor": "untyped", "current_actor": False, "delegation_chain": False},
    operations={"exchange": exchange},
)
