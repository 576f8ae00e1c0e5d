package dev.authmail.command;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;

/**
 * A DNS server on loopback that serves TXT records over UDP and TCP. A value SERVFAIL or TIMEOUT is that answer; a name
 * that is not there is NXDOMAIN. An answer too large for UDP is truncated.
 */
final class TxtServer implements AutoCloseable {
    private static final int MAX_UDP = 512;

    private final Map<String, String> zone;
    private final DatagramSocket udp;
    private final ServerSocket tcp;

    TxtServer(Map<String, String> zone) throws IOException {
        this.zone = Map.copyOf(zone);
        this.tcp = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.udp = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), tcp.getLocalPort()));
        Thread.ofVirtual().start(this::serveUdp);
        Thread.ofVirtual().start(this::serveTcp);
    }

    String hostPort() {
        return "127.0.0.1:" + tcp.getLocalPort();
    }

    private void serveUdp() {
        byte[] buffer = new byte[4096];
        while (!udp.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                udp.receive(packet);
                Message query = new Message(Arrays.copyOf(buffer, packet.getLength()));
                if (!value(query).equals("TIMEOUT")) {
                    byte[] answer = answer(query).toWire(MAX_UDP);
                    udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                // closed, or a broken question
            }
        }
    }

    private void serveTcp() {
        while (!tcp.isClosed()) {
            try (Socket socket = tcp.accept()) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                Message query = new Message(in.readNBytes(in.readUnsignedShort()));
                byte[] answer = answer(query).toWire();
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                out.writeShort(answer.length);
                out.write(answer);
                out.flush();
            } catch (IOException e) {
                // closed, or a broken question
            }
        }
    }

    private String value(Message query) {
        String name = query.getQuestion().getName().toString(true).toLowerCase(Locale.ROOT);
        return zone.getOrDefault(name, "NXDOMAIN");
    }

    private Message answer(Message query) {
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.RA);
        answer.addRecord(query.getQuestion(), Section.QUESTION);
        String value = value(query);
        switch (value) {
            case "NXDOMAIN" -> answer.getHeader().setRcode(Rcode.NXDOMAIN);
            case "SERVFAIL" -> answer.getHeader().setRcode(Rcode.SERVFAIL);
            case "REFUSED" -> answer.getHeader().setRcode(Rcode.REFUSED);
            case "NODATA" -> answer.getHeader().setRcode(Rcode.NOERROR);
            default ->
                answer.addRecord(
                        new TXTRecord(query.getQuestion().getName(), DClass.IN, 60, strings(value)), Section.ANSWER);
        }
        return answer;
    }

    private static List<String> strings(String value) {
        List<String> strings = new ArrayList<>();
        for (int at = 0; at < value.length(); at += 255) {
            strings.add(value.substring(at, Math.min(value.length(), at + 255)));
        }
        return strings.isEmpty() ? List.of("") : strings;
    }

    @Override
    public void close() {
        udp.close();
        try {
            tcp.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
