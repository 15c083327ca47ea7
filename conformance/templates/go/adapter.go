// Drives one SDK for the conformance suite. Put your SDK where tokenExchange is.
package main

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
)

// A stand-in for your SDK: it posts what it is given.
func tokenExchange(issuer string, form url.Values) (Tokens, error) {
	response, err := http.PostForm(issuer+"oauth/token", form)
	if err != nil {
		return nil, errors.New("no answer")
	}
	defer response.Body.Close()
	var body Tokens
	if err := json.NewDecoder(response.Body).Decode(&body); err != nil {
		return nil, errors.New("the answer is not JSON")
	}
	if response.StatusCode != 200 || body["access_token"] == nil {
		return nil, errors.New("no access token")
	}
	return Tokens{"access_token": body["access_token"], "token_type": body["token_type"]}, nil
}

// One exchange. The names of the options are the wire names of those that the application sets.
func exchange(request Request) (Result, error) {
	form := url.Values{"grant_type": {"urn:ietf:params:oauth:grant-type:token-exchange"}}
	form.Set("client_id", request.Client.ID)
	form.Set("client_secret", request.Client.Secret)
	for name, value := range request.Input.Options {
		form.Set(name, value)
	}
	for _, extra := range request.Input.Extra {
		form[extra.Name] = append(form[extra.Name], extra.Values...)
	}
	return tokenExchange(request.Target.Issuer, form)
}

func main() {
	Serve(Adapter{
		SDK: SDK{Name: "my-sdk", Version: "0.0.0", Language: "go"},
		Capabilities: map[string]any{
			"exchange":         "typed",
			"extra":            true,
			"actor":            "typed",
			"organization":     true,
			"current_actor":    false,
			"delegation_chain": false,
		},
		Concurrency: 8,
		Operations:  map[string]func(Request) (Result, error){"exchange": exchange},
	})
}
