package dev.authmail.testkit;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SetResponse;
import org.xbill.DNS.Type;
import org.xbill.DNS.Zone;

/**
 * A DNS server on one loopback port, UDP and TCP, that answers as a recursive server would: from zones written as text,
 * following CNAMEs from zone to zone. A name in no zone is refused.
 *
 * <p>A zone is a few lines such as {@code @ MX 10 mx} and {@code mx A 192.0.2.1}, names relative to its origin. A signed
 * zone shows signatures to those who ask for them; {@link #trustAnchors} is what a validator starts from.
 */
public final class DnsServer implements AutoCloseable {
    /** What a name does instead of being answered. */
    public enum Fault {
        SERVFAIL,
        REFUSED,
        /** No answer at all. */
        SILENCE,
        /** Over UDP an empty answer with the TC flag, so that the client asks over TCP. */
        TRUNCATE,
        /** An answer without its signatures, as somebody on the way would make it. */
        UNSIGNED
    }

    /** One question that came. */
    public record Query(String name, String type, boolean tcp) {}

    private static final int UDP_SIZE = 4096;

    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final Map<Name, Zone> zones = new ConcurrentHashMap<>();
    private final Map<Name, SignedZone> signed = new ConcurrentHashMap<>();
    private final Map<Name, Fault> faults = new ConcurrentHashMap<>();
    private final List<Query> queries = new CopyOnWriteArrayList<>();

    private DnsServer(ServerSocket tcp, DatagramSocket udp) {
        this.tcp = tcp;
        this.udp = udp;
        Thread.ofVirtual().name("dns-server-udp").start(this::serveUdp);
        Thread.ofVirtual().name("dns-server-tcp").start(this::serveTcp);
    }

    /** Starts a server without zones on a free port. */
    public static DnsServer start() {
        return start(0);
    }

    /** Starts a server without zones on that port; 0 for one that is free. */
    public static DnsServer start(int port) {
        try {
            return bind(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DnsServer bind(int port) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        for (int attempt = 0; ; attempt++) {
            ServerSocket tcp = new ServerSocket(port, 50, loopback);
            try {
                return new DnsServer(tcp, new DatagramSocket(tcp.getLocalPort(), loopback));
            } catch (BindException e) {
                tcp.close();
                if (attempt == 20) {
                    throw e;
                }
            }
        }
    }

    /** Adds or replaces a zone. SOA, NS and a TTL of 60 s are put before the text. */
    public DnsServer zone(String origin, String records) {
        String head = """
                $TTL 60
                @ SOA ns hostmaster 1 3600 600 86400 60
                @ NS ns
                """;
        try {
            Name name = name(origin);
            zones.put(
                    name, new Zone(name, new ByteArrayInputStream((head + records).getBytes(StandardCharsets.UTF_8))));
            return this;
        } catch (IOException e) {
            throw new IllegalArgumentException("The zone " + origin + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Adds or replaces a zone that is signed with a new key; what it delegates to zones of its own is not. */
    public DnsServer signedZone(String origin, String records) {
        zone(origin, records);
        SignedZone zone = SignedZone.of(zones.get(name(origin)));
        signed.put(name(origin), zone);
        zones.put(name(origin), zone.zone());
        return this;
    }

    /** A file with the DS records of all signed zones; deleted when the JVM ends. */
    public Path trustAnchors() {
        try {
            Path file = Files.createTempFile("trust-anchors", ".zone");
            file.toFile().deleteOnExit();
            List<String> lines = signed.values().stream()
                    .map(zone -> zone.delegationSigner().toString())
                    .toList();
            return Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets a name fail for every type. */
    public DnsServer on(String name, Fault fault) {
        faults.put(name(name), fault);
        return this;
    }

    /** Lets a name be answered from its zone again. */
    public DnsServer heal(String name) {
        faults.remove(name(name));
        return this;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return new InetSocketAddress(tcp.getInetAddress(), tcp.getLocalPort());
    }

    /** All questions, in the order they came. */
    public List<Query> queries() {
        return List.copyOf(queries);
    }

    /** How often a name was asked for, whatever the type. */
    public long queries(String name) {
        String absolute = name(name).toString();
        return queries.stream().filter(q -> q.name().equalsIgnoreCase(absolute)).count();
    }

    @Override
    public void close() {
        try {
            udp.close();
            tcp.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serveUdp() {
        byte[] buffer = new byte[4096];
        while (!udp.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                udp.receive(packet);
                byte[] answer = answer(Arrays.copyOf(buffer, packet.getLength()), false);
                if (answer != null) {
                    udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                // Closed, or a packet that is none of ours: either way the next one counts.
            }
        }
    }

    private void serveTcp() {
        while (!tcp.isClosed()) {
            try {
                Socket socket = tcp.accept();
                Thread.ofVirtual().start(() -> converse(socket));
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    private void converse(Socket socket) {
        try (socket;
                DataInputStream in = new DataInputStream(socket.getInputStream());
                DataOutputStream out = new DataOutputStream(socket.getOutputStream())) {
            while (true) {
                byte[] answer = answer(in.readNBytes(in.readUnsignedShort()), true);
                if (answer != null) {
                    out.writeShort(answer.length);
                    out.write(answer);
                    out.flush();
                }
            }
        } catch (IOException e) {
            // The client has gone.
        }
    }

    private byte @Nullable [] answer(byte[] octets, boolean overTcp) throws IOException {
        Message query = new Message(octets);
        Record question = query.getQuestion();
        queries.add(new Query(question.getName().toString(), Type.string(question.getType()), overTcp));
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.RD);
        answer.getHeader().setFlag(Flags.RA);
        answer.addRecord(question, Section.QUESTION);
        Fault fault = faults.get(question.getName());
        if (fault == Fault.SILENCE) {
            return null;
        } else if (fault == Fault.SERVFAIL) {
            answer.getHeader().setRcode(Rcode.SERVFAIL);
        } else if (fault == Fault.REFUSED) {
            answer.getHeader().setRcode(Rcode.REFUSED);
        } else if (fault == Fault.TRUNCATE && !overTcp) {
            answer.getHeader().setFlag(Flags.TC);
        } else {
            boolean proven = fault != Fault.UNSIGNED && asksForSignatures(query);
            if (query.getOPT() != null) {
                answer.addRecord(new OPTRecord(UDP_SIZE, 0, 0, proven ? ExtendedFlags.DO : 0), Section.ADDITIONAL);
            }
            fill(answer, question.getName(), question.getType(), proven, 0);
        }
        return answer.toWire(overTcp ? 65535 : udpSize(query));
    }

    private static int udpSize(Message query) {
        OPTRecord opt = query.getOPT();
        return opt == null ? 512 : Math.max(512, opt.getPayloadSize());
    }

    private static boolean asksForSignatures(Message query) {
        OPTRecord opt = query.getOPT();
        return opt != null && (opt.getFlags() & ExtendedFlags.DO) != 0;
    }

    private void fill(Message answer, Name name, int type, boolean proven, int depth) {
        Optional<Zone> zone = zoneOf(name, type);
        if (zone.isEmpty() || depth > 20) {
            answer.getHeader().setRcode(zone.isEmpty() ? Rcode.REFUSED : Rcode.SERVFAIL);
            return;
        }
        SetResponse found = zone.get().findRecords(name, type);
        if (found.isSuccessful()) {
            found.answers().forEach(set -> add(answer, set, Section.ANSWER, proven));
        } else if (found.isCNAME()) {
            CNAMERecord cname = found.getCNAME();
            boolean loop = answer.findRecord(cname, Section.ANSWER);
            if (!loop) {
                add(answer, zone.get().findExactMatch(cname.getName(), Type.CNAME), Section.ANSWER, proven);
                fill(answer, cname.getTarget(), type, proven, depth + 1);
            }
        } else {
            answer.getHeader().setRcode(found.isNXDOMAIN() ? Rcode.NXDOMAIN : Rcode.NOERROR);
            Zone authority = zone.get();
            add(answer, authority.findExactMatch(authority.getOrigin(), Type.SOA), Section.AUTHORITY, proven);
            if (proven && signed.containsKey(authority.getOrigin())) {
                signed.get(authority.getOrigin())
                        .denials(name)
                        .forEach(set -> add(answer, set, Section.AUTHORITY, true));
            }
        }
    }

    private static void add(Message answer, RRset set, int section, boolean proven) {
        set.rrs().forEach(record -> answer.addRecord(record, section));
        if (proven) {
            set.sigs().forEach(signature -> answer.addRecord(signature, section));
        }
    }

    /** RFC 4035 §3.1.4.1: the parent knows the DS records of a zone. */
    private Optional<Zone> zoneOf(Name name, int type) {
        for (int skip = type == Type.DS ? 1 : 0; skip < name.labels(); skip++) {
            Zone zone = zones.get(new Name(name, skip));
            if (zone != null) {
                return Optional.of(zone);
            }
        }
        return Optional.empty();
    }

    private static Name name(String text) {
        return Name.fromConstantString(text.endsWith(".") ? text : text + ".");
    }
}
