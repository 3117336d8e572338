// Compresses files with Go's compress/flate, as asked on standard input: "level in out" on each line, answered by the nanoseconds taken.
package main

import (
	"bufio"
	"bytes"
	"compress/flate"
	"fmt"
	"log"
	"os"
	"runtime"
	"time"
)

func main() {
	log.SetFlags(0)
	fmt.Println("Go", runtime.Version())
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		var level int
		var in, out string
		if _, err := fmt.Sscan(lines.Text(), &level, &in, &out); err != nil {
			log.Fatal(err)
		}
		content, err := os.ReadFile(in)
		if err != nil {
			log.Fatal(err)
		}
		var made bytes.Buffer
		start := time.Now()
		w, err := flate.NewWriter(&made, level)
		if err != nil {
			log.Fatal(err)
		}
		w.Write(content)
		w.Close()
		taken := time.Since(start)
		if err := os.WriteFile(out, made.Bytes(), 0o600); err != nil {
			log.Fatal(err)
		}
		fmt.Println(taken.Nanoseconds())
	}
}
