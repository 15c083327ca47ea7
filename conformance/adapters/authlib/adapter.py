"""Drives Authlib, whose generic fetch_token takes a grant type and the parameters of its request."""

from functools import cache
from importlib.metadata import version
from urllib.parse import urlencode

from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from joserfc.jwk import ECKey

from kit import serve

GRANT_TYPE = "urn:ietf:params:oauth:grant-type:token-exchange"


@cache
def session_for(token_endpoint, client_id, secret, method, private_key):
    key = ECKey.import_key(private_key) if private_key else secret
    session = OAuth2Session(client_id, key, token_endpoint_auth_method=method)
    session.register_client_auth_method(PrivateKeyJWT(token_endpoint, alg="ES256"))
    return session


def exchange(request):
    client, options = request["client"], dict(request["input"])
    token_endpoint = request["target"]["issuer"] + "oauth/token"
    further = urlencode([(name, value) for name, value in options.pop("extra", [])], doseq=True)
    session = session_for(
        token_endpoint, client["id"], client["secret"], client["authentication"], client.get("private_key")
    )
    timeout = client.get("timeout_ms", 10_000) / 1000
    return session.fetch_token(token_endpoint, body=further, grant_type=GRANT_TYPE, timeout=timeout, **options)


serve(
    sdk={"name": "authlib", "version": version("Authlib"), "language": "python"},
    capabilities={
        "exchange": "generic",
        "owns": ["grant_type", "client_id", "client_secret"],
        "extra": True,
        "actor": "untyped",
        "current_actor": False,
        "delegation_chain": False,
        "oauth_error": True,
        "timeout": True,
        "client_authentication": ["client_secret_post", "client_secret_basic", "private_key_jwt", "none"],
    },
    operations={"exchange": exchange},
)
