import sys

from authlib.integrations.requests_client import OAuth2Session

session = OAuth2Session("app", "app-secret", token_endpoint_auth_method="client_secret_post")
exchange = {"grant_type": "urn:ietf:params:oauth:grant-type:token-exchange", "subject_token_type": "urn:acme:legacy"}
session.fetch_token(sys.argv[1] + "/oauth/token", subject_token="subject", client_id="another-app", **exchange)
session.fetch_token(sys.argv[1] + "/oauth/token", subject_token="redirect", **exchange)
