"""Drives auth0-api-python: the exchange by profile, the exchange on behalf of a user, and the act helpers."""

import asyncio
from functools import cache
from importlib.metadata import version

from auth0_api_python import ApiClient, ApiClientOptions, ApiError, get_current_actor, get_delegation_chain

from kit import Unsupported, claims_of, serve

loop = asyncio.new_event_loop()


@cache
def client_for(issuer, client_id, secret, timeout):
    domain = issuer.removeprefix("https://").rstrip("/")
    options = {"domain": domain, "audience": "https://api.example.com", "timeout": timeout}
    return ApiClient(ApiClientOptions(**options, client_id=client_id, client_secret=secret))


def client_of(request):
    client = request["client"]
    return client_for(request["target"]["issuer"], client["id"], client["secret"], client.get("timeout_ms", 10_000) / 1000)


def result_of(call):
    try:
        return loop.run_until_complete(call)
    except ApiError as error:
        error.error = error.code  # Where this SDK gives the code of the server.
        raise


def exchange(request):
    options = dict(request["input"])
    if "actor_token" in options or "actor_token_type" in options:
        raise Unsupported("actor")
    extra = dict(options.pop("extra", []))
    return result_of(client_of(request).get_token_by_exchange_profile(**options, extra=extra))


def on_behalf_of(request):
    return result_of(client_of(request).get_token_on_behalf_of(**request["input"]))


def main():
    serve(
        sdk={"name": "auth0-api-python", "version": version("auth0-api-python"), "language": "python"},
        capabilities={
            "exchange": "typed",
            "extra": True,
            "actor": "none",
            "current_actor": True,
            "delegation_chain": True,
            "on_behalf_of": True,
            "oauth_error": True,
            "timeout": True,
            "client_authentication": ["client_secret_basic"],
        },
        operations={
            "exchange": exchange,
            "on_behalf_of": on_behalf_of,
            "current_actor": lambda request: get_current_actor(claims_of(request)),
            "delegation_chain": lambda request: get_delegation_chain(claims_of(request)),
        },
    )


main()
