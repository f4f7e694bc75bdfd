// Records how BuildKit's own parser divides real Dockerfiles: instructions, stages with their bases, exec and shell form. For
// buildkit-corpus.test.ts. To record anew, in an empty folder beside a copy of this file:
//
//	go mod init record && go get github.com/moby/buildkit@v0.26.3 && go mod tidy
//	go run . FOLDER < paths.txt > corpus.json
//
// FOLDER holds the files, paths.txt one path of it on each line.
package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

type file struct {
	// Of the text, the first bytes.
	Hash         string `json:"hash"`
	Error        string `json:"error,omitempty"`
	Instructions int    `json:"instructions,omitempty"`
	// Base as written, and the stage's name in lower case.
	Stages [][2]string `json:"stages,omitempty"`
	// Of each RUN, CMD, ENTRYPOINT, SHELL and HEALTHCHECK in order: exec or shell form.
	Forms string `json:"forms,omitempty"`
}

var commands = map[string]bool{"RUN": true, "CMD": true, "ENTRYPOINT": true, "SHELL": true, "HEALTHCHECK": true}

func main() {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	lines := bufio.NewScanner(os.Stdin)
	mark := "{\n"
	for lines.Scan() {
		text, err := os.ReadFile(filepath.Join(os.Args[1], lines.Text()))
		if err != nil {
			panic(err)
		}
		var row bytes.Buffer
		encoder := json.NewEncoder(&row)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(record(text)); err != nil {
			panic(err)
		}
		path, _ := json.Marshal(lines.Text())
		fmt.Fprintf(out, "%s  %s: %s", mark, path, strings.TrimSpace(row.String()))
		mark = ",\n"
	}
	fmt.Fprintln(out, "\n}")
}

func record(text []byte) file {
	sum := sha256.Sum256(text)
	made := file{Hash: hex.EncodeToString(sum[:6])}
	result, err := parser.Parse(bytes.NewReader(text))
	if err != nil {
		made.Error = err.Error()
		return made
	}
	made.Instructions = len(result.AST.Children)
	for _, node := range result.AST.Children {
		keyword := strings.ToUpper(node.Value)
		switch {
		case !commands[keyword]:
		case node.Attributes["json"]:
			made.Forms += "e"
		default:
			made.Forms += "s"
		}
	}
	stages, _, err := instructions.Parse(result.AST, nil)
	if err != nil {
		made.Error = err.Error()
	}
	for _, stage := range stages {
		made.Stages = append(made.Stages, [2]string{stage.BaseName, stage.Name})
	}
	return made
}
