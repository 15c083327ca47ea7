"""Drives auth0-server-python: the custom token exchange, session transfer tokens and their redirect."""

import asyncio
from functools import cache
from importlib.metadata import version

from auth0_server_python.auth_server.server_client import ServerClient
from auth0_server_python.auth_types import CustomTokenExchangeOptions, SessionTransferTokenResult
from auth0_server_python.error import ApiError, CustomTokenExchangeError
from auth0_server_python.store import StateStore

from kit import Unsupported, serve

loop = asyncio.new_event_loop()


class SignedOut(StateStore):
    """The sessions of an application in which nobody has signed in."""

    def __init__(self):
        super().__init__({"secret": "a-secret-for-cookies-that-nobody-gets"})

    async def get(self, identifier, options=None):
        return None

    async def set(self, identifier, state, remove_if_expires=False, options=None):
        pass

    async def delete(self, identifier, options=None):
        pass

    async def delete_by_logout_token(self, claims, options=None):
        pass


@cache
def client_for(issuer, client_id, secret, private_key):
    return ServerClient(
        domain=issuer.removeprefix("https://").rstrip("/"),
        client_id=client_id,
        client_secret=None if private_key else secret,
        client_assertion_signing_key=private_key,
        client_assertion_signing_alg="ES256" if private_key else None,
        secret="a-secret-for-cookies-that-nobody-gets",
        state_store=SignedOut(),
    )


def client_of(request):
    client = request["client"]
    return client_for(request["target"]["issuer"], client["id"], client["secret"], client.get("private_key"))


def result_of(call):
    try:
        return loop.run_until_complete(call).model_dump()
    except (ApiError, CustomTokenExchangeError) as error:
        error.error = error.code  # Where this SDK gives the code of the server.
        raise


def exchange(request):
    options = dict(request["input"])
    if "requested_token_type" in options:
        raise Unsupported("requested_token_type")
    extra = dict(options.pop("extra", []))
    return result_of(
        client_of(request).custom_token_exchange(CustomTokenExchangeOptions(**options, authorization_params=extra))
    )


def session_transfer(request):
    result = result_of(client_of(request).request_session_transfer_token(**request["input"]))
    return {**result, "access_token": result["session_transfer_token"]}


def redirect(request):
    given = request["input"]
    token = SessionTransferTokenResult(
        session_transfer_token=given["session_transfer_token"],
        issued_token_type="urn:auth0:params:oauth:token-type:session_transfer_token",
        expires_in=60,
    )
    client = client_for("https://tenant.example.com/", "web-app", "web-app-secret", None)
    return client.build_session_transfer_redirect(given["target_login_url"], token, given.get("organization"))


serve(
    sdk={"name": "auth0-server-python", "version": version("auth0-server-python"), "language": "python"},
    capabilities={
        "exchange": "typed",
        "extra": True,
        "actor": "typed",
        "current_actor": False,
        "delegation_chain": False,
        "organization": True,
        "result_act": True,
        "session_transfer": True,
        "session_transfer_redirect": True,
        "oauth_error": True,
        "client_authentication": ["client_secret_basic", "private_key_jwt"],
    },
    operations={
        "exchange": exchange,
        "session_transfer": session_transfer,
        "session_transfer_redirect": redirect,
    },
)
