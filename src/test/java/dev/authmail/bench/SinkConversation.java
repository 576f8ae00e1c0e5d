package dev.authmail.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** One connection to the {@link Sink}. Replies to a pipelined group leave together, before it waits for more. */
final class SinkConversation {
    private static final String EHLO =
            "250-sink.test\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-ENHANCEDSTATUSCODES\r\n";
    /** What the end of a message looks like. */
    private static final byte[] END = "\r\n.\r\n".getBytes(US_ASCII);

    private final Socket tcp;
    private final SSLContext tls;
    private final boolean chunking;
    private final Runnable taken;
    private final byte[] buffer = new byte[32 * 1024];
    private final ByteArrayOutputStream replies = new ByteArrayOutputStream(1024);
    private InputStream in;
    private OutputStream out;
    private boolean encrypted;
    private int next;
    private int end;

    SinkConversation(Socket tcp, SSLContext tls, boolean chunking, Runnable taken) throws IOException {
        this.tcp = tcp;
        this.tls = tls;
        this.chunking = chunking;
        this.taken = taken;
        this.in = tcp.getInputStream();
        this.out = tcp.getOutputStream();
    }

    void run() throws IOException {
        say("220 sink.test ESMTP");
        while (true) {
            String line = line();
            switch (line.substring(0, Math.min(4, line.length())).toUpperCase(Locale.ROOT)) {
                case "EHLO" ->
                    say(EHLO + (encrypted ? "" : "250-STARTTLS\r\n") + (chunking ? "250-CHUNKING\r\n" : "")
                            + "250 SIZE 10485760");
                case "STAR" -> encrypt();
                case "DATA" -> {
                    say("354 go on");
                    skipMessage();
                    take();
                }
                case "BDAT" -> {
                    String[] words = line.split(" ");
                    skip(Integer.parseInt(words[1]));
                    take();
                }
                case "QUIT" -> {
                    say("221 2.0.0 bye");
                    flush();
                    return;
                }
                default -> say("250 2.0.0 ok");
            }
        }
    }

    private void take() {
        taken.run();
        say("250 2.0.0 taken");
    }

    private void encrypt() throws IOException {
        say("220 2.0.0 go ahead");
        flush();
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(tcp, null, tcp.getPort(), true);
        socket.setUseClientMode(false);
        in = socket.getInputStream();
        out = socket.getOutputStream();
        encrypted = true;
    }

    private void say(String reply) {
        replies.writeBytes(reply.getBytes(US_ASCII));
        replies.writeBytes(new byte[] {'\r', '\n'});
    }

    private void flush() throws IOException {
        if (replies.size() > 0) {
            out.write(replies.toByteArray());
            out.flush();
            replies.reset();
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (byte octet = read(); octet != '\n'; octet = read()) {
            line.append((char) octet);
        }
        return line.toString().strip();
    }

    private void skipMessage() throws IOException {
        int matched = 2; // The line of DATA has ended.
        while (matched < END.length) {
            byte octet = read();
            matched = octet == END[matched] ? matched + 1 : octet == '\r' ? 1 : 0;
        }
    }

    private void skip(int octets) throws IOException {
        for (int left = octets; left > 0; ) {
            fill();
            int now = Math.min(left, end - next);
            next += now;
            left -= now;
        }
    }

    private byte read() throws IOException {
        fill();
        return buffer[next++];
    }

    /** What was said leaves before anything is waited for. */
    private void fill() throws IOException {
        if (next == end) {
            flush();
            next = 0;
            end = in.read(buffer);
            if (end < 0) {
                throw new EOFException();
            }
        }
    }
}
