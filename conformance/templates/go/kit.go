package main

// The adapter protocol on standard input and output. Nothing here is yours to change.

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"reflect"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
)

// Adapter is one SDK, as the suite sees it.
type Adapter struct {
	SDK SDK
	// What the SDK offers.
	Capabilities map[string]any
	// How many requests to work on at the same time, each in a goroutine of its own.
	Concurrency int
	// A function for each "op". An error that it gives is the SDK's, but for a Fault, which is the adapter's, and for
	// Unsupported. An op without a function is unsupported.
	Operations map[string]func(Request) (Result, error)
}

// SDK says what is checked.
type SDK struct {
	Name     string `json:"name"`
	Version  string `json:"version"`
	Language string `json:"language"`
}

// Request is what the runner asks, by its Op.
type Request struct {
	Op     string
	Target struct{ Issuer string }
	Client Client
	Input  Input
	// For a helper: the claims of a token, as JSON text.
	Claims string
}

// Client is who the SDK is at the authorization server.
type Client struct {
	ID             string
	Secret         string
	Authentication string
	PrivateKey     string `json:"private_key"`
	TimeoutMs      int    `json:"timeout_ms"`
}

// Input is what the application gives, under the wire names of its options, and its extra parameters.
type Input struct {
	Options map[string]string
	Extra   []Parameter
}

// Parameter is an extra parameter with its values, in order.
type Parameter struct {
	Name   string
	Values []string
}

// Result is Tokens or a Value.
type Result any

// Tokens is what an exchange gave: members that the SDK does not have are left out.
type Tokens map[string]any

// Value is what a helper gave: nil, a string or a list of strings.
type Value struct{ Of any }

// Fault is a mistake of the adapter itself, which says nothing of the SDK.
type Fault struct{ Message string }

func (fault Fault) Error() string { return fault.Message }

// Unsupported is what the SDK has no way to do.
type Unsupported struct{ Capability string }

func (unsupported Unsupported) Error() string { return unsupported.Capability }

// Rejected is an error of the SDK together with the server's "error" code that it has.
type Rejected struct {
	Err        error
	OAuthError string
}

func (rejected Rejected) Error() string { return rejected.Err.Error() }

// Serve answers requests until standard input ends.
func Serve(adapter Adapter) {
	// Standard output is for messages alone: what the SDK prints goes to standard error.
	messages := os.Stdout
	os.Stdout = os.Stderr
	var writing sync.Mutex
	var working sync.WaitGroup
	slots := make(chan struct{}, max(adapter.Concurrency, 1))
	input := bufio.NewReader(os.Stdin)
	for {
		line, err := input.ReadBytes('\n')
		if len(line) > 0 {
			slots <- struct{}{}
			working.Go(func() {
				reply := answer(adapter, line)
				writing.Lock()
				defer writing.Unlock()
				messages.Write(append(reply, '\n'))
				<-slots
			})
		}
		if err != nil {
			if err != io.EOF {
				fmt.Fprintln(os.Stderr, err)
			}
			break
		}
	}
	working.Wait()
}

func answer(adapter Adapter, line []byte) []byte {
	var message struct {
		ID      int64
		Request Request
	}
	reply := map[string]any{"v": 1}
	if err := json.Unmarshal(line, &message); err != nil {
		reply["observation"] = fault(err.Error())
	} else if message.Request.Op == "hello" {
		reply["hello"] = map[string]any{
			"sdk": adapter.SDK, "capabilities": adapter.Capabilities, "concurrency": max(adapter.Concurrency, 1),
		}
	} else {
		reply["observation"] = observe(adapter, message.Request)
	}
	reply["id"] = message.ID
	text, err := json.Marshal(reply)
	if err != nil {
		text, _ = json.Marshal(map[string]any{"v": 1, "id": message.ID, "observation": fault(err.Error())})
	}
	return text
}

func observe(adapter Adapter, request Request) (observation map[string]any) {
	operation := adapter.Operations[request.Op]
	if operation == nil {
		return map[string]any{"outcome": "unsupported", "capability": request.Op}
	}
	defer func() {
		if panicked := recover(); panicked != nil {
			observation = rejected("panic", fmt.Sprint(panicked), "")
		}
	}()
	result, err := operation(request)
	switch failure := err.(type) {
	case nil:
		if value, isValue := result.(Value); isValue {
			return map[string]any{"outcome": "value", "value": shown(value.Of)}
		}
		return map[string]any{"outcome": "tokens", "tokens": tokensOf(result)}
	case Fault:
		return fault(failure.Message)
	case Unsupported:
		return map[string]any{"outcome": "unsupported", "capability": failure.Capability}
	case Rejected:
		return rejected(typeName(failure.Err), failure.Error(), failure.OAuthError)
	default:
		return rejected(typeName(err), err.Error(), "")
	}
}

// tokensOf has only the members of the protocol, in its types: what the SDK gives as something else still shows.
func tokensOf(result Result) map[string]any {
	given, isTokens := result.(Tokens)
	if !isTokens {
		return map[string]any{"access_token": textOf(result)}
	}
	tokens := map[string]any{"access_token": ""}
	for _, name := range []string{"access_token", "token_type", "issued_token_type", "scope", "id_token", "refresh_token"} {
		if given[name] != nil {
			tokens[name] = textOf(given[name])
		}
	}
	for _, name := range []string{"expires_in", "expires_at"} {
		if given[name] != nil {
			tokens[name] = numberOf(given[name])
		}
	}
	if given["act"] != nil {
		tokens["act"] = given["act"]
	}
	return tokens
}

// numberOf is nil for a number that is none.
func numberOf(value any) any {
	number, err := strconv.ParseFloat(fmt.Sprint(value), 64)
	if err != nil || math.IsNaN(number) || math.IsInf(number, 0) {
		return nil
	}
	return number
}

func textOf(value any) string {
	if text, isText := value.(string); isText {
		return text
	}
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprint(value)
	}
	return string(text)
}

// shown is what a helper gave. What is no text, no list and not nothing still shows, as its JSON text.
func shown(value any) any {
	if list := reflect.ValueOf(value); list.Kind() == reflect.Slice && list.IsNil() {
		return []any{}
	}
	text, err := json.Marshal(value)
	var plain any
	if err != nil || json.Unmarshal(text, &plain) != nil {
		return fmt.Sprint(value)
	}
	switch known := plain.(type) {
	case nil:
		return nil
	case []any:
		for index, item := range known {
			known[index] = textOf(item)
		}
		return known
	}
	return textOf(plain)
}

func fault(message string) map[string]any {
	return map[string]any{"outcome": "adapter_error", "message": message}
}

func rejected(class, message, oauthError string) map[string]any {
	members := map[string]any{"class": class, "message": message}
	if oauthError != "" {
		members["oauth_error"] = oauthError
	}
	return map[string]any{"outcome": "rejected", "error": members}
}

func typeName(err error) string { return strings.TrimPrefix(reflect.TypeOf(err).String(), "*") }

// UnmarshalJSON reads the options, which are strings, and the extra parameters, whose order counts.
func (input *Input) UnmarshalJSON(text []byte) error {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(text, &members); err != nil {
		return err
	}
	input.Options = map[string]string{}
	for name, member := range members {
		var value string
		if name == "extra" {
			if err := json.Unmarshal(member, &input.Extra); err != nil {
				return err
			}
		} else if json.Unmarshal(member, &value) == nil {
			// What is no text belongs to an op of another kind.
			input.Options[name] = value
		}
	}
	return nil
}

// UnmarshalJSON reads a pair of a name and a value, or several.
func (parameter *Parameter) UnmarshalJSON(text []byte) error {
	var value json.RawMessage
	pair := []any{&parameter.Name, &value}
	if err := json.Unmarshal(text, &pair); err != nil {
		return err
	}
	if value[0] == '[' {
		return json.Unmarshal(value, &parameter.Values)
	}
	parameter.Values = make([]string, 1)
	return json.Unmarshal(value, &parameter.Values[0])
}

// ModuleVersion is the version of a module that the adapter was built with.
func ModuleVersion(path string) string {
	build, _ := debug.ReadBuildInfo()
	for _, module := range build.Deps {
		if module.Path == path {
			return module.Version
		}
	}
	return "unknown"
}
