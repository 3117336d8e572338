package dev.hotpatch.testdata.activemq.programs;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;

/** What was sent and what came back, from the beginning and in the current phase. Any thread may call it. */
final class Ledger {
    private static final int MAX_SAMPLES = 2_000_000;

    private final BitSet seen = new BitSet();
    private int numbered;
    private int sent;
    private int duplicated;
    private int disordered;
    private int last = -1;
    private int phaseSent;
    private int phaseReceived;
    private long lastArrival;
    private long worstGap;
    private long phaseGap;
    private int[] micros = new int[1 << 12];
    private int samples;
    private int phaseFrom;

    synchronized int nextToSend() {
        return numbered++;
    }

    synchronized void sent() {
        sent++;
        phaseSent++;
    }

    synchronized void received(int number, long sentNanos, long now) {
        if (seen.get(number)) {
            duplicated++;
        }
        if (number < last) {
            disordered++;
        }
        seen.set(number);
        last = Math.max(last, number);
        phaseReceived++;
        if (lastArrival != 0) {
            phaseGap = Math.max(phaseGap, now - lastArrival);
            worstGap = Math.max(worstGap, phaseGap);
        }
        lastArrival = now;
        notifyAll();
        if (samples == micros.length && samples < MAX_SAMPLES) {
            micros = Arrays.copyOf(micros, samples * 2);
        }
        if (samples < micros.length) {
            micros[samples++] = (int) Math.min(Integer.MAX_VALUE, (now - sentNanos) / 1_000);
        }
    }

    synchronized int countSent() {
        return sent;
    }

    /** Waits until this many messages have come back; false if the time is over first. */
    synchronized boolean awaitReceived(int messages, long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        while (seen.cardinality() < messages) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    /** One line with the figures of the phase that ends here; in flight messages count for neither side as lost. */
    synchronized String endPhase(String name, int drops) {
        String line = "PHASE name=" + name + " sent=" + phaseSent + " received=" + phaseReceived + " drops=" + drops
                + " pauseMillis=" + millis(phaseGap) + times(phaseFrom);
        phaseSent = 0;
        phaseReceived = 0;
        phaseGap = 0;
        phaseFrom = samples;
        return line;
    }

    /** One line with the figures of the whole run. */
    synchronized String totals(int drops) {
        return "TOTAL sent=" + sent + " received=" + seen.cardinality() + " lost="
                + Math.max(0, sent - seen.cardinality()) + " duplicated=" + duplicated + " disordered=" + disordered
                + " drops=" + drops + " pauseMillis=" + millis(worstGap) + times(0);
    }

    private String times(int from) {
        int[] sorted = Arrays.copyOfRange(micros, from, samples);
        Arrays.sort(sorted);
        return " p50Micros=" + at(sorted, 0.5) + " p99Micros=" + at(sorted, 0.99) + " p999Micros=" + at(sorted, 0.999)
                + " maxMicros=" + at(sorted, 1);
    }

    private static int at(int[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * share))];
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.1f", nanos / 1e6);
    }
}
