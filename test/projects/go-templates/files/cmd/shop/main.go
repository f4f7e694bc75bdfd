package main

import (
	"html/template"
	"net/http"
)

func main() {
	pages := template.Must(template.ParseGlob("templates/*.html"))
	http.Handle("/static/", http.FileServer(http.Dir("web")))
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { pages.ExecuteTemplate(w, "index.html", nil) })
	http.ListenAndServe(":8080", nil)
}
