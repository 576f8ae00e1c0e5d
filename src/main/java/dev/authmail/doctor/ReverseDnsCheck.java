package dev.authmail.doctor;

import dev.authmail.address.IpAddress;
import dev.authmail.dns.Dns;
import dev.authmail.dns.DnsAnswer;
import dev.authmail.psl.PublicSuffixes;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The address has a name, the name leads back, and EHLO says it. Google, Yahoo, Microsoft, Apple, docomo. */
final class ReverseDnsCheck implements Check {
    private static final String NAME = "ptr";
    private static final String WHO =
            "Google (550 5.7.25), Yahoo, Microsoft, Apple, docomo and au refuse mail from an address without it";
    private static final Pattern GENERIC =
            Pattern.compile("dynamic|dyn\\.|dsl|pool|dhcp|dialup|\\bip[0-9-]|compute|static");

    private final Dns dns;
    private final InetAddress address;
    private final Optional<String> ehloName;
    private final String hostToName;

    /** @param hostToName the host name to propose when there is none */
    ReverseDnsCheck(Dns dns, InetAddress address, Optional<String> ehloName, String hostToName) {
        this.dns = dns;
        this.address = address;
        this.ehloName = ehloName;
        this.hostToName = hostToName;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String subject() {
        return IpAddress.text(address);
    }

    @Override
    public List<Finding> run() {
        if (IpAddress.isPrivate(address)) {
            return List.of(failure(
                    "a private address: nobody outside sees it",
                    "the public address that mail leaves from, as providers see it",
                    List.of()));
        }
        return switch (dns.ptr(IpAddress.reverseName(address))) {
            case DnsAnswer.Failed<String> failed -> List.of(Finding.unknown(NAME, subject(), failed.detail()));
            case DnsAnswer.NoSuchName<String> none -> List.of(missing());
            case DnsAnswer.NoData<String> none -> List.of(missing());
            case DnsAnswer.Found<String> found -> named(found.records());
        };
    }

    private Finding failure(String found, String expected, List<String> publish) {
        return new Finding(NAME, Status.FAILURE, subject(), found, expected, WHO, publish);
    }

    private Finding missing() {
        return failure(
                "there is no PTR record",
                "a PTR record with the name that EHLO says; who gives you the address sets it",
                nameAndBack());
    }

    /** A name without any address gets this one; one that has others may be another host's. */
    private List<String> nameAndBack() {
        List<String> records = new ArrayList<>(List.of(pointer()));
        switch (forward(hostToName)) {
            case DnsAnswer.NoSuchName<? extends InetAddress> none -> records.add(back(hostToName));
            case DnsAnswer.NoData<? extends InetAddress> none -> records.add(back(hostToName));
            case DnsAnswer.Found<? extends InetAddress> found -> {}
            case DnsAnswer.Failed<? extends InetAddress> failed -> {}
        }
        return records;
    }

    private String pointer() {
        return Zone.record(IpAddress.reverseName(address), "PTR", hostToName + ".");
    }

    private String back(String name) {
        return Zone.record(name, isIpv4() ? "A" : "AAAA", subject());
    }

    private boolean isIpv4() {
        return address.getAddress().length == 4;
    }

    private List<Finding> named(List<String> names) {
        List<String> back = new ArrayList<>();
        Optional<String> unanswered = Optional.empty();
        for (String name : names) {
            switch (forward(name)) {
                case DnsAnswer.Found<? extends InetAddress> found -> {
                    if (found.records().contains(address)) {
                        back.add(name.toLowerCase(Locale.ROOT));
                    }
                }
                case DnsAnswer.Failed<? extends InetAddress> failed -> unanswered = Optional.of(failed.detail());
                case DnsAnswer.NoSuchName<? extends InetAddress> none -> {}
                case DnsAnswer.NoData<? extends InetAddress> none -> {}
            }
        }
        if (back.isEmpty()) {
            return List.of(unanswered
                    .map(why -> Finding.unknown(NAME, subject(), why))
                    .orElseGet(() -> notBack(names.getFirst())));
        }
        return judged(back);
    }

    private DnsAnswer<? extends InetAddress> forward(String name) {
        return isIpv4() ? dns.a(name) : dns.aaaa(name);
    }

    private Finding notBack(String name) {
        boolean otherLeadsBack = forward(hostToName) instanceof DnsAnswer.Found<? extends InetAddress> found
                && found.records().contains(address);
        if (otherLeadsBack) {
            return failure(
                    "the PTR name " + name + " does not lead back to the address, " + hostToName + " does",
                    "a PTR record with that name",
                    List.of(pointer()));
        }
        return failure(
                "the PTR name " + name + " does not lead back to the address",
                "an address record (" + (isIpv4() ? "A" : "AAAA") + ") of that name with this address",
                List.of(back(name)));
    }

    /** Without the domain that is ours: whirlpool.com has no pool of lines. */
    private String ownPart(String name) {
        String ours = "." + PublicSuffixes.registrable(hostToName).orElse(hostToName);
        return name.endsWith(ours) ? name.substring(0, name.length() - ours.length()) : name;
    }

    private List<Finding> judged(List<String> back) {
        List<Finding> findings = new ArrayList<>();
        String name = back.getFirst();
        if (GENERIC.matcher(ownPart(name)).find()) {
            return List.of(new Finding(
                    NAME,
                    Status.WARNING,
                    subject(),
                    "the PTR name " + name + " looks like one of a line, not of a mail server",
                    "a name of your own domain",
                    "Yahoo and Apple want the name to reflect your domain",
                    nameAndBack()));
        }
        findings.add(Finding.fine(NAME, subject(), "PTR and back: " + name));
        ehloName.ifPresent(ehlo -> findings.add(
                back.contains(ehlo.toLowerCase(Locale.ROOT))
                        ? Finding.fine("ehlo", subject(), "EHLO says the PTR name, " + ehlo)
                        : new Finding(
                                "ehlo",
                                Status.WARNING,
                                subject(),
                                "EHLO says " + ehlo + ", PTR says " + name,
                                "authmail.smtp.ehlo-name: " + name,
                                "Many receivers distrust a name in EHLO that is not the PTR name",
                                List.of())));
        return findings;
    }
}
