// Mints the cases read from standard input with gopkg.in/macaroon.v2 and prints their V2 binary form.
package main

import (
	"encoding/hex"
	"encoding/json"
	"log"
	"os"

	"gopkg.in/macaroon.v2"
)

type testCase struct {
	Name       string
	RootKey    string `json:"root_key"`
	Location   string
	Identifier string
	Caveats    []string
}

func main() {
	var cases []testCase
	check(json.NewDecoder(os.Stdin).Decode(&cases))

	minted := map[string]string{}
	for _, c := range cases {
		token, err := macaroon.New(fromHex(c.RootKey), fromHex(c.Identifier), c.Location, macaroon.V2)
		check(err)
		for _, caveat := range c.Caveats {
			check(token.AddFirstPartyCaveat([]byte(caveat)))
		}
		bytes, err := token.MarshalBinary()
		check(err)
		minted[c.Name] = hex.EncodeToString(bytes)
	}
	check(json.NewEncoder(os.Stdout).Encode(minted))
}

func fromHex(text string) []byte {
	bytes, err := hex.DecodeString(text)
	check(err)
	return bytes
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
