package dev.authmail.testkit;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;
import org.xbill.DNS.Zone;

/** A zone that is signed with a key made at run time, and says with NSEC what it does not have. RFC 4034, RFC 4035. */
final class SignedZone {
    private static final int TTL = 60;
    private static final int ZONE_KEY = 257;

    private final Zone zone;
    private final DNSKEYRecord key;
    private final NavigableMap<Name, RRset> denials = new TreeMap<>();

    private SignedZone(Zone zone, DNSKEYRecord key) {
        this.zone = zone;
        this.key = key;
    }

    /** Signs all sets of a zone but those of what it delegates. */
    static SignedZone of(Zone plain) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            DNSKEYRecord key = new DNSKEYRecord(
                    plain.getOrigin(),
                    DClass.IN,
                    TTL,
                    ZONE_KEY,
                    DNSKEYRecord.Protocol.DNSSEC,
                    DNSSEC.Algorithm.ECDSAP256SHA256,
                    pair.getPublic());
            return sign(plain, key, pair);
        } catch (GeneralSecurityException | DNSSEC.DNSSECException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SignedZone sign(Zone plain, DNSKEYRecord key, KeyPair pair)
            throws DNSSEC.DNSSECException, IOException {
        List<Record> records = new ArrayList<>();
        plain.iterator().forEachRemaining(set -> records.addAll(set.rrs(false)));
        records.add(key);
        records.addAll(denials(plain.getOrigin(), records));
        Map<String, RRset> sets = new HashMap<>();
        records.forEach(r -> sets.computeIfAbsent(r.getName() + " " + r.getType(), k -> new RRset())
                .addRR(r));
        Instant now = Instant.now();
        SignedZone signed = new SignedZone(new Zone(plain.getOrigin(), records.toArray(Record[]::new)), key);
        for (RRset set : sets.values()) {
            boolean delegation = set.getType() == Type.NS && !set.getName().equals(plain.getOrigin());
            if (!delegation) {
                set.addRR(DNSSEC.sign(
                        set, key, pair.getPrivate(), now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(1))));
                set.sigs().forEach(signed.zone::addRecord);
            }
            if (set.getType() == Type.NSEC) {
                signed.denials.put(set.getName(), set);
            }
        }
        return signed;
    }

    /** RFC 4034 §4.1.1: each name tells the next one, and the last one the first. */
    private static List<NSECRecord> denials(Name origin, List<Record> records) {
        NavigableMap<Name, TreeSet<Integer>> types = new TreeMap<>();
        records.forEach(
                r -> types.computeIfAbsent(r.getName(), n -> new TreeSet<>()).add(r.getType()));
        List<NSECRecord> chain = new ArrayList<>();
        types.forEach((name, has) -> {
            Name next = types.higherKey(name) == null ? origin : types.higherKey(name);
            int[] bits = Stream.concat(has.stream(), Stream.of(Type.RRSIG, Type.NSEC))
                    .mapToInt(Integer::intValue)
                    .sorted()
                    .toArray();
            chain.add(new NSECRecord(name, DClass.IN, TTL, next, bits));
        });
        return chain;
    }

    Zone zone() {
        return zone;
    }

    /** What proves that a name, or a type of it, is not there: the spans that it and the wildcard above it fall into. */
    List<RRset> denials(Name name) {
        RRset own = denials.floorEntry(name).getValue();
        Name wildcard = Name.fromConstantString("*." + closestEncloser(name));
        RRset above = denials.floorEntry(wildcard).getValue();
        return own == above || own.getName().equals(name) ? List.of(own) : List.of(own, above);
    }

    private Name closestEncloser(Name name) {
        Name candidate = name;
        while (candidate.labels() > zone.getOrigin().labels()) {
            candidate = new Name(candidate, 1);
            Name encloser = candidate;
            if (denials.keySet().stream().anyMatch(n -> n.subdomain(encloser))) {
                return encloser;
            }
        }
        return zone.getOrigin();
    }

    /** What a parent, or a validator, must know of its key. RFC 4034 §5. */
    DSRecord delegationSigner() {
        return new DSRecord(key.getName(), DClass.IN, TTL, DSRecord.SHA256_DIGEST_ID, key);
    }
}
