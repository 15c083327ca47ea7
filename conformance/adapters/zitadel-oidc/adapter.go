// Drives github.com/zitadel/oidc/v3, whose tokenexchange package is the client of RFC 8693.
package main

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/zitadel/oidc/v3/pkg/client/tokenexchange"
	"github.com/zitadel/oidc/v3/pkg/crypto"
	"github.com/zitadel/oidc/v3/pkg/oidc"
)

type server struct{ issuer, id, secret, key string }

var exchangers sync.Map

// One exchanger for each server and client, as an application would make it. It finds the token endpoint by discovery.
func exchangerFor(ctx context.Context, request Request) (tokenexchange.TokenExchanger, error) {
	client := request.Client
	known := server{request.Target.Issuer, client.ID, client.Secret, client.PrivateKey}
	if exchanger, ok := exchangers.Load(known); ok {
		return exchanger.(tokenexchange.TokenExchanger), nil
	}
	exchanger, err := newExchanger(ctx, request)
	if err == nil {
		exchangers.Store(known, exchanger)
	}
	return exchanger, err
}

func newExchanger(ctx context.Context, request Request) (tokenexchange.TokenExchanger, error) {
	issuer, client := request.Target.Issuer, request.Client
	switch client.Authentication {
	case "client_secret_basic":
		return tokenexchange.NewTokenExchangerClientCredentials(ctx, issuer, client.ID, client.Secret)
	case "private_key_jwt":
		key, algorithm, err := crypto.BytesToPrivateKey([]byte(client.PrivateKey))
		if err != nil {
			return nil, Fault{err.Error()}
		}
		signer, err := jose.NewSigner(jose.SigningKey{Algorithm: algorithm, Key: key}, nil)
		if err != nil {
			return nil, Fault{err.Error()}
		}
		return tokenexchange.NewTokenExchangerJWTProfile(ctx, issuer, client.ID, signer)
	}
	return nil, Unsupported{client.Authentication}
}

func exchange(request Request) (Result, error) {
	if len(request.Input.Extra) > 0 {
		return nil, Unsupported{"extra"}
	}
	exchanger, err := exchangerFor(context.Background(), request)
	if err != nil {
		return nil, err
	}
	ctx := context.Background()
	if request.Client.TimeoutMs > 0 {
		limited, cancel := context.WithTimeout(ctx, time.Duration(request.Client.TimeoutMs)*time.Millisecond)
		defer cancel()
		ctx = limited
	}
	options := request.Input.Options
	var audience, scopes []string
	if given, ok := options["audience"]; ok {
		audience = []string{given}
	}
	if given, ok := options["scope"]; ok {
		scopes = strings.Split(given, " ")
	}
	response, err := tokenexchange.ExchangeToken(
		ctx, exchanger,
		options["subject_token"], oidc.TokenType(options["subject_token_type"]),
		options["actor_token"], oidc.TokenType(options["actor_token_type"]),
		nil, audience, scopes, oidc.TokenType(options["requested_token_type"]),
	)
	var refused *oidc.Error
	if errors.As(err, &refused) {
		return nil, Rejected{err, string(refused.ErrorType)}
	}
	if err != nil {
		return nil, err
	}
	tokens := Tokens{
		"access_token":      response.AccessToken,
		"token_type":        response.TokenType,
		"issued_token_type": string(response.IssuedTokenType),
		"expires_in":        response.ExpiresIn,
		"scope":             strings.Join(response.Scopes, " "),
		"id_token":          response.IDToken,
		"refresh_token":     response.RefreshToken,
	}
	// In Go what an answer does not have is the zero of its type.
	for name, value := range tokens {
		if name != "access_token" && (value == "" || value == uint64(0)) {
			delete(tokens, name)
		}
	}
	return tokens, nil
}

func main() {
	Serve(Adapter{
		SDK: SDK{Name: "zitadel-oidc", Version: ModuleVersion("github.com/zitadel/oidc/v3"), Language: "go"},
		Capabilities: map[string]any{
			"exchange":              "typed",
			"extra":                 false,
			"actor":                 "typed",
			"current_actor":         false,
			"delegation_chain":      false,
			"oauth_error":           true,
			"timeout":               true,
			"client_authentication": []string{"client_secret_basic", "private_key_jwt"},
		},
		Concurrency: 8,
		Operations:  map[string]func(Request) (Result, error){"exchange": exchange},
	})
}
