package dev.authmail.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * A connection over a distance: what is written leaves later, in order, and writing goes on meanwhile, as on a real line.
 * So each turn of a talk costs the delay once, a flight of TLS and a pipelined group too. The first thing written waits
 * twice as long, for the handshake of TCP.
 */
final class FarSocket extends Socket {
    private final Socket near;
    private final OutputStream out;

    FarSocket(Socket near, Duration delay) throws IOException {
        this.near = near;
        this.out = new Line(near, delay);
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return near.getInputStream();
    }

    @Override
    public OutputStream getOutputStream() {
        return out;
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public boolean isClosed() {
        return near.isClosed();
    }

    @Override
    public InetAddress getInetAddress() {
        return near.getInetAddress();
    }

    @Override
    public int getPort() {
        return near.getPort();
    }

    @Override
    public synchronized void close() throws IOException {
        near.close();
    }

    private static final class Line extends OutputStream {
        private final BlockingQueue<Flight> flights = new LinkedBlockingQueue<>();
        private final long delay;
        private long wait;

        private record Flight(long arrival, byte[] octets) {}

        Line(Socket near, Duration delay) throws IOException {
            this.delay = delay.toNanos();
            this.wait = 2 * delay.toNanos();
            OutputStream out = near.getOutputStream();
            Thread.ofVirtual().start(() -> carry(out));
        }

        @Override
        public void write(int octet) {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int from, int count) {
            flights.add(new Flight(System.nanoTime() + wait, Arrays.copyOfRange(octets, from, from + count)));
            wait = delay;
        }

        private void carry(OutputStream out) {
            try {
                while (true) {
                    Flight flight = flights.take();
                    for (long left = flight.arrival - System.nanoTime(); left > 0; ) {
                        LockSupport.parkNanos(left);
                        left = flight.arrival - System.nanoTime();
                    }
                    out.write(flight.octets);
                    out.flush();
                }
            } catch (IOException | InterruptedException e) {
                // The connection is closed.
            }
        }
    }
}
