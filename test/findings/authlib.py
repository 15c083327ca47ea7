import sys

from authlib.integrations.requests_client import OAuth2Session

session = OAuth2Session("app", "app-secret", token_endpoint_auth_method="client_secret_post")
exchange = {"grant_type": "urn:ietf:params:oauth:grant-type:token-exchange", "subject_token_type": "urn:acme:legacy"}
endpoint = sys.argv[1] + "/oauth/token"
session.fetch_token(endpoint, subject_token="subject", client_id="another-app", **exchange)
try:
    session.fetch_token(endpoint, subject_token="redirect", **exchange)
except Exception:
    pass
