import asyncio
import sys

from auth0_api_python import ApiClient, ApiClientOptions

credentials = {"client_id": "app", "client_secret": "100%-secret"}
client = ApiClient(ApiClientOptions(domain=sys.argv[1], audience="https://api.example.com", **credentials))
result = asyncio.run(client.get_token_by_exchange_profile("subject", "urn:acme:legacy"))
print("expires_in", result["expires_in"])
