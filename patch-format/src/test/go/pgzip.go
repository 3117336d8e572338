// Prints what klauspost's pgzip makes of the content that the tests make too: one line for each kind, size, seed and write size after which
// it flushes, with the beginning of the SHA-256 of the deflate stream. Regenerate from the project's root, with Debian's package
// golang-github-klauspost-pgzip-dev, with
//
//	GOPATH=/usr/share/gocode GO111MODULE=off go run patch-format/src/test/go/{contents,pgzip}.go > patch-format/src/test/resources/dev/hotpatch/patchformat/deflate/pgzip-streams.txt
package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"

	"github.com/klauspost/pgzip"
)

const header, trailer = 10, 8

// stream flushes after every piece of the given size, or never if it is 0.
func stream(in []byte, piece int) []byte {
	var out bytes.Buffer
	w := pgzip.NewWriter(&out)
	for piece > 0 && len(in) > 0 {
		end := least(piece, len(in))
		w.Write(in[:end])
		w.Flush()
		in = in[end:]
	}
	w.Write(in)
	w.Close()
	return out.Bytes()[header : out.Len()-trailer]
}

func main() {
	seed := uint64(0)
	for _, kind := range kinds {
		sizes := []int{0, 1, 2, 12, 13, 31, 32, 33, 127, 128, 129, 140, 300, 1000, 5000, 65534, 65535, 65536, 65535 + 127, 65535 + 128, 200000, 327675, 400000}
		if kind == "mixed" || kind == "far" || kind == "text" {
			sizes = append(sizes, 1<<20-1, 1<<20, 1<<20+1, 1<<20+30000, 2<<20+500)
		}
		for _, size := range sizes {
			seed++
			in := content(kind, size, seed)
			pieces := []int{0}
			if size > 1000 && size <= 400000 {
				pieces = []int{0, 20011}
			}
			for _, piece := range pieces {
				out := stream(in, piece)
				fmt.Printf("%s %d %d %d %d %.32s\n", kind, size, seed, piece, len(out), fmt.Sprintf("%x", sha256.Sum256(out)))
			}
		}
	}
}
