package main

import (
	"fmt"
	"net/http"
	"os"

	"golang.org/x/net/html"
)

// Prints how many links the page behind each address has.
func main() {
	for _, address := range os.Args[1:] {
		response, err := http.Get(address)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		links := 0
		tokens := html.NewTokenizer(response.Body)
		for kind := tokens.Next(); kind != html.ErrorToken; kind = tokens.Next() {
			if name, _ := tokens.TagName(); kind == html.StartTagToken && string(name) == "a" {
				links++
			}
		}
		response.Body.Close()
		fmt.Println(address, links)
	}
}
