// Prints what Go's compress/flate makes of the content that the tests make too: one line for each kind, size, seed, level and write size,
// with the beginning of the SHA-256 of the stream. Regenerate from the project's root with
//
//	go run patch-format/src/test/go/{contents,streams}.go > patch-format/src/test/resources/dev/hotpatch/patchformat/deflate/go-streams.txt
package main

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"fmt"
)

// stream writes in pieces of the given size, or at once if it is 0, and flushes after every piece if flush is set.
func stream(in []byte, level, piece int, flush bool) []byte {
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, level)
	if err != nil {
		panic(err)
	}
	if piece == 0 {
		piece = len(in) + 1
	}
	for len(in) > 0 {
		end := least(piece, len(in))
		w.Write(in[:end])
		if flush {
			w.Flush()
		}
		in = in[end:]
	}
	w.Close()
	return out.Bytes()
}

func main() {
	sizes := []int{0, 1, 2, 3, 4, 5, 15, 16, 17, 18, 127, 128, 129, 258, 262, 263, 1000, 16384, 32768, 65274, 65275, 65534, 65535, 65536, 65537,
		98304, 131071, 200000}
	seed := uint64(0)
	for _, kind := range kinds {
		for _, size := range sizes {
			seed++
			in := content(kind, size, seed)
			for level := -2; level <= 9; level++ {
				if level == -1 || size > 1000 && level > 1 && level != 6 && (int(seed)+level)%5 != 0 {
					continue
				}
				pieces := []int{0}
				if size > 1000 && level == 6 {
					pieces = []int{0, 777, -10007}
				} else if size == 1000 {
					pieces = []int{0, -100}
				}
				for _, piece := range pieces {
					flush := piece < 0
					if flush {
						piece = -piece
					}
					out := stream(in, level, piece, flush)
					fmt.Printf("%s %d %d %d %d %v %d %.32s\n", kind, size, seed, level, piece, flush, len(out), fmt.Sprintf("%x", sha256.Sum256(out)))
				}
			}
		}
	}
}
