package main

import (
	"context"
	"fmt"
	"os"

	"github.com/zitadel/oidc/v3/pkg/client/tokenexchange"
	"github.com/zitadel/oidc/v3/pkg/oidc"
)

func main() {
	ctx := context.Background()
	exchanger, err := tokenexchange.NewTokenExchangerClientCredentials(ctx, os.Args[1], "app", "app-secret")
	if err != nil {
		panic(err)
	}
	exchange := func(subject, actor, actorType string) {
		result, err := tokenexchange.ExchangeToken(ctx, exchanger, subject, "urn:acme:legacy",
			actor, oidc.TokenType(actorType), nil, nil, nil, "")
		if err == nil {
			fmt.Println("access_token", result.AccessToken)
		}
	}
	exchange("mixed-case", "", "")
	exchange("redirect", "actor", "urn:acme:agent")
	exchange("subject", "actor", "")
	exchange("subject", "", "urn:acme:agent")
}
