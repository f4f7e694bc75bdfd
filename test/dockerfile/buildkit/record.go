// Records what BuildKit's own parser makes of the Dockerfiles in cases.json, for buildkit.test.ts. To record anew, in
// an empty folder beside a copy of this file:
//
//	go mod init record && go get github.com/moby/buildkit@v0.26.3 && go mod tidy
//	go run . < cases.json > new.json
package main

import (
	"encoding/json"
	"os"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

type heredoc struct {
	Name   string `json:"name"`
	Body   string `json:"body"`
	Expand bool   `json:"expand"`
	Chomp  bool   `json:"chomp"`
}

type instruction struct {
	Keyword  string    `json:"keyword"`
	Lines    [2]int    `json:"lines"`
	Flags    []string  `json:"flags,omitempty"`
	JSON     bool      `json:"json,omitempty"`
	Words    []string  `json:"words"`
	Heredocs []heredoc `json:"heredocs,omitempty"`
}

type file struct {
	Text         string        `json:"text"`
	Error        string        `json:"error,omitempty"`
	Escape       string        `json:"escape,omitempty"`
	Instructions []instruction `json:"instructions,omitempty"`
}

func main() {
	var files []file
	if err := json.NewDecoder(os.Stdin).Decode(&files); err != nil {
		panic(err)
	}
	for i, each := range files {
		files[i] = record(each.Text)
	}
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	if err := out.Encode(files); err != nil {
		panic(err)
	}
}

func record(text string) file {
	result, err := parser.Parse(strings.NewReader(text))
	if err != nil {
		return file{Text: text, Error: err.Error()}
	}
	recorded := file{Text: text, Escape: string(result.EscapeToken)}
	for _, node := range result.AST.Children {
		made := instruction{
			Keyword: strings.ToUpper(node.Value),
			Lines:   [2]int{node.StartLine, node.EndLine},
			Flags:   node.Flags,
			JSON:    node.Attributes["json"],
			Words:   []string{},
		}
		for next := node.Next; next != nil; next = next.Next {
			made.Words = append(made.Words, next.Value)
		}
		for _, each := range node.Heredocs {
			made.Heredocs = append(made.Heredocs, heredoc{each.Name, each.Content, each.Expand, each.Chomp})
		}
		recorded.Instructions = append(recorded.Instructions, made)
	}
	return recorded
}
