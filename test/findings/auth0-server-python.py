import asyncio
import sys

from auth0_server_python.auth_server.server_client import ServerClient
from auth0_server_python.auth_types import CustomTokenExchangeOptions

credentials = {"client_id": "app", "client_secret": "app-secret", "secret": "a-secret-for-cookies-that-nobody-gets"}
client = ServerClient(domain=sys.argv[1], **credentials)
subject = {"subject_token": "lifetime", "subject_token_type": "urn:acme:legacy", "audience": "https://api.example.com"}
for further in ({"scope": ["read", "write"]}, {"audience": "https://another.example.com"}):
    options = CustomTokenExchangeOptions(**subject, authorization_params=further)
    asyncio.run(client.custom_token_exchange(options))
