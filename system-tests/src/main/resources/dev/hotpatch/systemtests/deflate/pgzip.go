// Compresses files with klauspost's pgzip, as asked on standard input: "level in out" on each line, answered by the nanoseconds taken. The deflate
// stream is written without the frame of gzip.
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"log"
	"os"
	"time"

	"github.com/klauspost/pgzip"
)

const header, trailer = 10, 8

func main() {
	log.SetFlags(0)
	fmt.Println("klauspost's pgzip")
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
		w, err := pgzip.NewWriterLevel(&made, level)
		if err != nil {
			log.Fatal(err)
		}
		w.Write(content)
		w.Close()
		taken := time.Since(start)
		if err := os.WriteFile(out, made.Bytes()[header:made.Len()-trailer], 0o600); err != nil {
			log.Fatal(err)
		}
		fmt.Println(taken.Nanoseconds())
	}
}
