package dev.hotpatch.testdata.registry;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A body that suffers the faults that concern bodies; ends with an exception where the connection is to be closed. */
final class FaultyBody extends FilterInputStream {
    private final List<Fault> faults;
    private final boolean request;
    private final CountDownLatch closing;
    private long position;

    FaultyBody(InputStream in, List<Fault> faults, boolean request, CountDownLatch closing) {
        super(in);
        this.faults = faults;
        this.request = request;
        this.closing = closing;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int wanted = length;
        for (Fault fault : faults) {
            long end = end(fault);
            if (end == position) {
                throw new IOException("connection dropped on purpose");
            }
            if (end > position) {
                wanted = (int) Math.min(wanted, end - position);
            }
            if (!request && fault instanceof Fault.Stall stall && stall.offset() == position) {
                await(stall);
            } else if (!request && fault instanceof Fault.Stall stall && stall.offset() > position) {
                wanted = (int) Math.min(wanted, stall.offset() - position);
            }
        }
        int count = in.read(buffer, offset, wanted);
        for (Fault fault : faults) {
            if (!request && fault instanceof Fault.FlipBit flip) {
                long index = flip.offset() - position;
                if (index >= 0 && index < count) {
                    buffer[offset + (int) index] ^= 1;
                }
            }
        }
        position += Math.max(0, count);
        return count;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Where the body is to break; -1 for nowhere. */
    private long end(Fault fault) {
        if (request && fault instanceof Fault.DropRequest drop) {
            return drop.bytes();
        }
        return !request && fault instanceof Fault.Truncate truncate ? truncate.bytes() : -1;
    }

    private void await(Fault.Stall stall) throws IOException {
        try {
            if (closing.await(stall.pause().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("the registry is closing");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
