import asyncio
import sys

from auth0_server_python.auth_server.server_client import ServerClient
from auth0_server_python.auth_types import CustomTokenExchangeOptions

client = ServerClient(domain=sys.argv[1], client_id="app", client_secret="app-secret", secret="for-the-cookies")
subject = {"subject_token": "lifetime", "subject_token_type": "urn:acme:legacy", "audience": "https://api.example.com"}
further = {"audience": "https://another.example.com", "scope": ["read", "write"]}
asyncio.run(client.custom_token_exchange(CustomTokenExchangeOptions(**subject, authorization_params=further)))
actor = {"actor_token": "actor", "actor_token_type": "urn:acme:agent"}
endless = CustomTokenExchangeOptions(subject_token="endless", subject_token_type="urn:acme:legacy", **actor)
print(asyncio.run(client.custom_token_exchange(endless)).act)
