// Compresses a file with Go's compress/gzip as image builders do: arguments level, in, out.
package main

import (
	"compress/gzip"
	"io"
	"log"
	"os"
	"strconv"
)

func main() {
	log.SetFlags(0)
	level, err := strconv.Atoi(os.Args[1])
	check(err)
	in, err := os.Open(os.Args[2])
	check(err)
	out, err := os.Create(os.Args[3])
	check(err)
	packed, err := gzip.NewWriterLevel(out, level)
	check(err)
	_, err = io.Copy(packed, in)
	check(err)
	check(packed.Close())
	check(out.Close())
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
