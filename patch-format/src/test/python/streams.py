"""Prints what zlib makes with the settings that the JDK's Deflater does not offer: one line for each kind of content, size, seed, level, strategy
and memory level, with the SHA-256 of the stream. Regenerate from the project's root, where Python uses zlib itself and nothing like it, with

    python3 patch-format/src/test/python/streams.py > patch-format/src/test/resources/dev/hotpatch/patchformat/deflate/zlib-streams.txt
"""
import hashlib
import zlib

KINDS = ["zeros", "random", "bases", "text", "runs", "far", "steep", "mixed"]
DISTANCES = [32768, 32769, 32767, 32506, 32507, 32505, 4096, 4097, 4095, 1, 2, 3]
MASK = (1 << 64) - 1


class Numbers:
    def __init__(self, seed):
        self.state = (seed * 0x9E3779B97F4A7C15 + 1) & MASK

    def next(self):
        x = self.state
        x ^= (x << 13) & MASK
        x ^= x >> 7
        x ^= (x << 17) & MASK
        self.state = x
        return x

    def below(self, bound):
        return (self.next() >> 33) % bound


def content(kind, size, seed):
    out = bytearray()
    numbers = Numbers(seed)
    if kind != "mixed":
        fill(kind, out, size, numbers)
    while len(out) < size:
        piece = KINDS[numbers.below(len(KINDS) - 1)]
        fill(piece, out, min(size, len(out) + 1 + numbers.below(20000)), numbers)
    return bytes(out)


def fill(kind, out, to, numbers):
    if kind == "zeros":
        out.extend(bytes(to - len(out)))
    elif kind == "random":
        while len(out) < to:
            out.append(numbers.below(256))
    elif kind == "bases":
        while len(out) < to:
            out.append(b"ACGT"[numbers.below(4)])
    elif kind == "text":
        words = []
        for _ in range(200):
            length = 2 + numbers.below(8)
            words.append(bytes([97 + numbers.below(1 + numbers.below(26)) for _ in range(length - 1)]) + b" ")
        while len(out) < to:
            out.extend(words[numbers.below(1 + numbers.below(len(words)))][: to - len(out)])
    elif kind == "runs":
        while len(out) < to:
            value = numbers.below(5)
            length = 1 + numbers.below(1 + numbers.below(600))
            out.extend([value] * min(length, to - len(out)))
    elif kind == "far":
        while len(out) < to:
            distance = DISTANCES[numbers.below(len(DISTANCES))]
            length = 1 + numbers.below(1 + numbers.below(280))
            repeat = numbers.below(3) > 0 and distance <= len(out)
            for _ in range(min(length, to - len(out))):
                out.append(out[-distance] if repeat else numbers.below(256))
    elif kind == "steep":
        while len(out) < to:
            value = numbers.next()
            out.append(((value & -value).bit_length() - 1) * 5 & 0xFF)


def main():
    strategies = {"default": 0, "filtered": 1, "huffman": 2, "rle": 3, "fixed": 4}
    seed = 0
    for kind in KINDS:
        for size in [0, 1, 2, 3, 4, 17, 1000, 20000, 65535, 65536, 100000]:
            seed += 1
            data = content(kind, size, seed)
            for name, strategy in strategies.items():
                for memory in range(1, 10):
                    level = (seed + memory + strategy) % 9 + 1
                    if size > 1000 and memory not in (1, 8, 9) and (seed + memory) % 5:
                        continue
                    encoder = zlib.compressobj(level, zlib.DEFLATED, -15, memory, strategy)
                    stream = encoder.compress(data) + encoder.flush()
                    print(kind, size, seed, level, name, memory, len(stream), hashlib.sha256(stream).hexdigest()[:32])


main()
