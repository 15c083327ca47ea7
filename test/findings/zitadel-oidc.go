package main

import (
	"context"
	"fmt"
	"os"

	"github.com/zitadel/oidc/v3/pkg/client/tokenexchange"
)

func main() {
	ctx := context.Background()
	exchanger, _ := tokenexchange.NewTokenExchangerClientCredentials(ctx, os.Args[1], "app", "app-secret")
	result, _ := tokenexchange.ExchangeToken(ctx, exchanger, "mixed-case", "urn:acme:old", "", "", nil, nil, nil, "")
	fmt.Println("access_token", result.AccessToken)
	tokenexchange.ExchangeToken(ctx, exchanger, "redirect", "urn:acme:old", "actor", "urn:acme:agent", nil, nil, nil, "")
	tokenexchange.ExchangeToken(ctx, exchanger, "subject", "urn:acme:old", "actor", "", nil, nil, nil, "")
	tokenexchange.ExchangeToken(ctx, exchanger, "subject", "urn:acme:old", "", "urn:acme:agent", nil, nil, nil, "")
}
