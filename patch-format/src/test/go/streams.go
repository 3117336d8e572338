// Prints what Go's compress/flate makes of the content that the tests make too: one line for each kind, size, seed, level and write size,
// with the beginning of the SHA-256 of the stream. Regenerate from the project's root with
//
//	go run patch-format/src/test/go/streams.go > patch-format/src/test/resources/dev/hotpatch/patchformat/deflate/go-streams.txt
package main

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"fmt"
	"math/bits"
)

var kinds = []string{"zeros", "random", "bases", "text", "runs", "far", "steep", "mixed"}
var distances = []int{32768, 32769, 32767, 32506, 32507, 32505, 4096, 4097, 4095, 1, 2, 3}

type numbers uint64

func (n *numbers) next() uint64 {
	x := uint64(*n)
	x ^= x << 13
	x ^= x >> 7
	x ^= x << 17
	*n = numbers(x)
	return x
}

func (n *numbers) below(bound int) int { return int((n.next() >> 33) % uint64(bound)) }

func least(a, b int) int {
	if a < b {
		return a
	}
	return b
}

func content(kind string, size int, seed uint64) []byte {
	b := make([]byte, size)
	n := numbers(seed*0x9e3779b97f4a7c15 + 1)
	if kind != "mixed" {
		fill(kind, b, 0, size, &n)
		return b
	}
	for at := 0; at < size; {
		piece := kinds[n.below(len(kinds)-1)]
		end := least(size, at+1+n.below(20000))
		fill(piece, b, at, end, &n)
		at = end
	}
	return b
}

func fill(kind string, b []byte, from, to int, n *numbers) {
	switch kind {
	case "random":
		for i := from; i < to; i++ {
			b[i] = byte(n.below(256))
		}
	case "bases":
		for i := from; i < to; i++ {
			b[i] = "ACGT"[n.below(4)]
		}
	case "text":
		var words [200][]byte
		for w := range words {
			words[w] = make([]byte, 2+n.below(8))
			last := len(words[w]) - 1
			for i := 0; i < last; i++ {
				words[w][i] = byte('a' + n.below(1+n.below(26)))
			}
			words[w][last] = ' '
		}
		for at := from; at < to; {
			at += copy(b[at:to], words[n.below(1+n.below(len(words)))])
		}
	case "runs":
		for i := from; i < to; {
			value := byte(n.below(5))
			length := 1 + n.below(1+n.below(600))
			for end := least(to, i+length); i < end; i++ {
				b[i] = value
			}
		}
	case "far":
		for at := from; at < to; {
			distance := distances[n.below(len(distances))]
			length := 1 + n.below(1+n.below(280))
			repeat := n.below(3) > 0 && distance <= at
			for end := least(to, at+length); at < end; at++ {
				if repeat {
					b[at] = b[at-distance]
				} else {
					b[at] = byte(n.below(256))
				}
			}
		}
	case "steep":
		for i := from; i < to; i++ {
			b[i] = byte(bits.TrailingZeros64(n.next()) * 5)
		}
	}
}

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
