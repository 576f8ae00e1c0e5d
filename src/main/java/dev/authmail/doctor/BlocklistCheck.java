package dev.authmail.doctor;

import dev.authmail.address.IpAddress;
import dev.authmail.dns.Dns;
import dev.authmail.dns.DnsAnswer;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Collectors;

/** Whether a DNS blocklist names us. RFC 5782: a list is believed only when its test entries answer as they must. */
final class BlocklistCheck implements Check {
    private static final String NAME = "blocklist";

    private final Dns dns;
    private final String zone;
    private final String entry;
    private final String subject;
    private final String mustBeListed;
    private final String mustNotBeListed;

    private BlocklistCheck(Dns dns, String zone, String entry, String subject, String listed, String notListed) {
        this.dns = dns;
        this.zone = zone;
        this.entry = entry;
        this.subject = subject;
        this.mustBeListed = listed;
        this.mustNotBeListed = notListed;
    }

    /** For an address. RFC 5782 §2.1, §2.4, §5. */
    static BlocklistCheck of(Dns dns, String zone, InetAddress address) {
        String text = IpAddress.text(address);
        String reversed = IpAddress.nibbles(address.getAddress());
        return address instanceof Inet4Address
                ? new BlocklistCheck(dns, zone, reversed, text, "2.0.0.127", "1.0.0.127")
                : new BlocklistCheck(dns, zone, reversed, text, ipv6("::ffff:7f00:2"), ipv6("::ffff:7f00:1"));
    }

    private static String ipv6(String text) {
        return IpAddress.nibbles(IpAddress.octets(text).orElseThrow());
    }

    /** For a domain. RFC 5782 §3, §5. */
    static BlocklistCheck of(Dns dns, String zone, String domain) {
        return new BlocklistCheck(dns, zone, domain, domain, "test", "invalid");
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String subject() {
        return subject + " at " + zone;
    }

    @Override
    public List<Finding> run() {
        Listing tested = ask(mustBeListed);
        Listing empty = ask(mustNotBeListed);
        if (!(tested instanceof Listing.Listed)) {
            return List.of(
                    unknown("its test entry is not listed (" + tested.word() + "), so that its answers mean nothing"));
        }
        if (!(empty instanceof Listing.NotListed)) {
            return List.of(unknown("it lists what no list may list (" + empty.word() + ")"));
        }
        return List.of(
                switch (ask(entry)) {
                    case Listing.NotListed none -> Finding.fine(NAME, subject(), "not listed");
                    case Listing.Unknown unknown -> unknown(unknown.why());
                    case Listing.Listed listed -> listed(listed.codes());
                });
    }

    private Finding unknown(String why) {
        return Finding.unknown(NAME, subject(), why);
    }

    private Finding listed(String codes) {
        return new Finding(
                NAME,
                Status.FAILURE,
                subject(),
                "listed (" + codes + ")" + words(),
                "not listed; find out why, mend it, and ask the list to remove it",
                "Receivers that use this list refuse the mail",
                List.of());
    }

    /** What the list says of its reasons: a stranger's text. */
    private String words() {
        return dns.txt(entry + "." + zone) instanceof DnsAnswer.Found<String> found
                ? ": "
                        + found.records()
                                .getFirst()
                                .replaceAll("[^\\x20-\\x7e]", "?")
                                .substring(
                                        0,
                                        Math.min(200, found.records().getFirst().length()))
                : "";
    }

    /** What a list says of one entry. */
    private sealed interface Listing {
        record Listed(String codes) implements Listing {}

        record NotListed() implements Listing {}

        record Unknown(String why) implements Listing {}

        default String word() {
            return switch (this) {
                case Listed listed -> "listed";
                case NotListed none -> "not listed";
                case Unknown unknown -> unknown.why();
            };
        }
    }

    private Listing ask(String label) {
        return switch (dns.a(label + "." + zone)) {
            case DnsAnswer.NoSuchName<Inet4Address> none -> new Listing.NotListed();
            case DnsAnswer.NoData<Inet4Address> none -> new Listing.NotListed();
            case DnsAnswer.Failed<Inet4Address> failed -> new Listing.Unknown(failed.detail());
            case DnsAnswer.Found<Inet4Address> found -> meaning(found.records());
        };
    }

    /** 127.255.255.0/24 is how lists refuse an asker; what is not in 127.0.0.0/8 comes from somebody else. */
    private static Listing meaning(List<Inet4Address> codes) {
        String all = codes.stream().map(InetAddress::getHostAddress).sorted().collect(Collectors.joining(", "));
        if (codes.stream().anyMatch(c -> c.getHostAddress().startsWith("127.255.255."))) {
            return new Listing.Unknown(
                    "the list refuses this DNS server (" + all + "); ask through a resolver of your own");
        }
        return codes.stream().allMatch(InetAddress::isLoopbackAddress)
                ? new Listing.Listed(all)
                : new Listing.Unknown("the answer " + all + " is none of a blocklist");
    }
}
