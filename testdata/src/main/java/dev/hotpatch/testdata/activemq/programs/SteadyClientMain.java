package dev.hotpatch.testdata.activemq.programs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.jms.Connection;
import javax.jms.DeliveryMode;
import javax.jms.JMSException;
import javax.jms.Message;
import javax.jms.MessageProducer;
import javax.jms.Session;
import org.apache.activemq.ActiveMQConnectionFactory;

/**
 * A busy client that keeps one connection: sends numbered messages to a queue and receives them again. Arguments: port, queue,
 * messages per second. Commands come on standard input, one a line: {@code phase NAME} prints the figures since the last one and
 * starts the next; {@code expect N} answers when N messages in all have come back; {@code stop}, or the end of input, lets the last messages arrive and prints the totals. It never reconnects: a
 * lost connection ends it and shows in {@code drops}.
 */
final class SteadyClientMain {
    private static final long DRAIN_MILLIS = 15_000;

    private final Ledger ledger = new Ledger();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicInteger drops = new AtomicInteger();

    private SteadyClientMain() {}

    public static void main(String[] args) throws JMSException, IOException, InterruptedException {
        new SteadyClientMain().run(Integer.parseInt(args[0]), args[1], Integer.parseInt(args[2]));
        System.exit(0);
    }

    private void run(int port, String queue, int perSecond) throws JMSException, IOException, InterruptedException {
        Connection connection = new ActiveMQConnectionFactory("tcp://127.0.0.1:" + port).createConnection();
        connection.setExceptionListener(e -> {
            drops.incrementAndGet();
            stopped.set(true);
        });
        Session receiving = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        receiving.createConsumer(receiving.createQueue(queue)).setMessageListener(this::received);
        connection.start();
        Session sending = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        MessageProducer producer = sending.createProducer(sending.createQueue(queue));
        producer.setDeliveryMode(DeliveryMode.PERSISTENT);
        Thread sender = new Thread(() -> send(sending, producer, 1_000_000_000L / perSecond), "sender");
        sender.start();
        System.out.println("CONNECTED pid=" + ProcessHandle.current().pid());
        obey();
        stopped.set(true);
        sender.join();
        ledger.awaitReceived(ledger.countSent(), DRAIN_MILLIS);
        System.out.println(ledger.totals(drops.get()));
        if (drops.get() == 0) {
            connection.close();
        }
    }

    private void obey() throws IOException, InterruptedException {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null && !line.equals("stop"); line = commands.readLine()) {
            if (line.startsWith("phase ")) {
                System.out.println(ledger.endPhase(line.substring(6), drops.get()));
            } else if (line.startsWith("expect ")) {
                int messages = Integer.parseInt(line.substring(7));
                System.out.println((ledger.awaitReceived(messages, 60_000) ? "EXPECTED " : "MISSED ") + messages);
            }
        }
    }

    private void send(Session session, MessageProducer producer, long interval) {
        long next = System.nanoTime();
        try {
            while (!stopped.get()) {
                int number = ledger.nextToSend();
                Message message = session.createTextMessage("message " + number);
                message.setIntProperty("number", number);
                message.setLongProperty("sent", System.nanoTime());
                producer.send(message);
                ledger.sent();
                next += interval;
                long wait = next - System.nanoTime();
                if (wait > 0) {
                    LockSupport.parkNanos(wait);
                }
            }
        } catch (JMSException e) {
            drops.incrementAndGet();
            System.out.println("SEND FAILED " + e);
        }
    }

    private void received(Message message) {
        try {
            ledger.received(message.getIntProperty("number"), message.getLongProperty("sent"), System.nanoTime());
        } catch (JMSException e) {
            drops.incrementAndGet();
        }
    }
}
