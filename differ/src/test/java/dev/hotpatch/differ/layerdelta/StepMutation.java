package dev.hotpatch.differ.layerdelta;

import dev.hotpatch.patchformat.deflate.DeflateParameters;
import dev.hotpatch.patchformat.layerdelta.Op;
import dev.hotpatch.patchformat.layerdelta.Source;
import java.util.Optional;
import java.util.Random;

/** Other steps of the same kind, with numbers that are off by a little, or as large as can be told. */
final class StepMutation {
    private static final int FILES = 3;

    private final Random random;

    private StepMutation(Random random) {
        this.random = random;
    }

    static Op of(Op op, Random random) {
        return new StepMutation(random).mutant(op);
    }

    private Op mutant(Op op) {
        if (op instanceof Op.Copy copy) {
            return new Op.Copy(file(copy.file()), number(copy.offset()), number(copy.length()), (int)
                    Math.min(1 << 24, number(copy.entries())));
        }
        if (op instanceof Op.Content content) {
            Op.Form[] forms = Op.Form.values();
            return new Op.Content(forms[random.nextInt(forms.length)], source(content.source()));
        }
        if (op instanceof Op.Known known) {
            return new Op.Known(source(known.source()));
        }
        if (op instanceof Op.Group group) {
            return new Op.Group((int) Math.min(128 << 20, number(group.capacity())));
        }
        if (op instanceof Op.Deflate) {
            return new Op.Deflate(parameters());
        }
        if (op instanceof Op.Zip zip) {
            return new Op.Zip(source(zip.directory()));
        }
        if (op instanceof Op.Entry entry) {
            return new Op.Entry(
                    random.nextBoolean() ? entry.parameters() : Optional.of(parameters()),
                    random.nextInt(4) == 0 ? !entry.header() : entry.header(),
                    random.nextBoolean(),
                    random.nextBoolean(),
                    source(entry.headerSource()));
        }
        if (op instanceof Op.EntryCopy copy) {
            return new Op.EntryCopy(
                    file(copy.file()), number(copy.offset()), random.nextBoolean(), random.nextBoolean());
        }
        if (op instanceof Op.Define define) {
            return new Op.Define(
                    file(define.parent()), number(define.offset()), number(define.stored()), number(define.length()));
        }
        return new Op.Define(0, number(512), number(1_000), number(2_000));
    }

    private int file(int file) {
        return random.nextInt(4) == 0 ? random.nextInt(FILES) : file;
    }

    private long number(long value) {
        return switch (random.nextInt(7)) {
            case 0 -> 0;
            case 1 -> value + 1;
            case 2 -> Math.max(0, value - 1);
            case 3 -> value * 2;
            case 4 -> Integer.MAX_VALUE;
            case 5 -> 1L << 40;
            default -> value;
        };
    }

    private int item(int value) {
        return (int) Math.min(random.nextInt(10) == 0 ? 33 << 20 : 32 << 20, number(value));
    }

    private Source source(Source source) {
        return switch (random.nextInt(5)) {
            case 0 -> Source.NONE;
            case 1 -> Source.raw(file(source.file()), number(source.offset()), item(source.stored()));
            case 2 ->
                new Source(
                        Source.Kind.INFLATED,
                        file(source.file()),
                        number(source.offset()),
                        item(source.stored()),
                        item(source.length()));
            default -> source;
        };
    }

    private DeflateParameters parameters() {
        return switch (random.nextInt(4)) {
            case 0 -> DeflateParameters.go(1);
            case 1 -> DeflateParameters.pgzip();
            case 2 -> DeflateParameters.stored(1);
            default -> DeflateParameters.zlib(1 + random.nextInt(9));
        };
    }
}
