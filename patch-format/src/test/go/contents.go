// The content that the tests make too.
package main

import "math/bits"

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
