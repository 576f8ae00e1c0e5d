package dev.authmail.reports;

import dev.authmail.reports.AggregateReport.AuthResult;
import dev.authmail.reports.AggregateReport.Row;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads the XML of a DMARC aggregate report: elements in any order and namespace, unknown ones passed over, missing ones
 * empty. Document types, and with them entities, are refused.
 */
final class AggregateReportReader {
    private static final XMLInputFactory XML = factory();
    private static final int MAX_ROWS = 200_000;
    private static final int MAX_DEPTH = 50;

    private final XMLStreamReader in;
    private final Map<String, String> metadata = new HashMap<>();
    private final Map<String, String> policy = new HashMap<>();
    private final List<Row> rows = new ArrayList<>();
    private String namespace = "";
    private int depth;

    private AggregateReportReader(XMLStreamReader in) {
        this.in = in;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        // Some use prefixes that they never declare.
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    static ReportReading read(String container, byte[] octets) {
        try {
            AggregateReportReader reader =
                    new AggregateReportReader(XML.createXMLStreamReader(new StringReader(XmlText.of(octets))));
            return reader.report(container);
        } catch (XMLStreamException broken) {
            return unreadable(
                    container,
                    "the XML is broken in line " + broken.getLocation().getLineNumber());
        }
    }

    private static ReportReading unreadable(String container, String reason) {
        return new ReportReading.Unreadable(container, reason);
    }

    private ReportReading report(String container) throws XMLStreamException {
        int event = in.next();
        while (event != XMLStreamConstants.START_ELEMENT) {
            if (event == XMLStreamConstants.DTD) {
                return unreadable(container, "the XML declares a document type, which no report needs");
            }
            event = in.next();
        }
        if (!name().equals("feedback")) {
            return unreadable(container, "the XML is no DMARC aggregate report: its root is not feedback");
        }
        namespace = namespaceOfRoot();
        feedback();
        if (metadata.isEmpty() && policy.isEmpty() && rows.isEmpty()) {
            return unreadable(container, "the report is empty");
        }
        return new ReportReading.Aggregate(
                container,
                new AggregateReport(
                        namespace,
                        metadata,
                        seconds(metadata.get("begin")),
                        seconds(metadata.get("end")),
                        policy,
                        rows));
    }

    /** Without namespace processing, declarations are attributes like any other. */
    private String namespaceOfRoot() {
        String prefix = prefix(in.getLocalName());
        for (int i = 0; i < in.getAttributeCount(); i++) {
            boolean standard = in.getAttributeLocalName(i).equals("xmlns");
            boolean prefixed = Objects.equals(in.getAttributePrefix(i), "xmlns")
                    && in.getAttributeLocalName(i).equals(prefix);
            if (prefix.isEmpty() ? standard : prefixed) {
                return in.getAttributeValue(i).strip();
            }
        }
        return "";
    }

    private static String prefix(String qualified) {
        int colon = qualified.indexOf(':');
        return colon < 0 ? "" : qualified.substring(0, colon);
    }

    /** The name without its prefix. */
    private String name() {
        String qualified = in.getLocalName();
        return qualified.substring(qualified.indexOf(':') + 1);
    }

    private interface Child {
        void read(String name) throws XMLStreamException;
    }

    /** Hands each child element over, which must read it to its end. */
    private void children(Child child) throws XMLStreamException {
        if (++depth > MAX_DEPTH) {
            throw new XMLStreamException("more than " + MAX_DEPTH + " elements in each other", in.getLocation());
        }
        while (in.next() != XMLStreamConstants.END_ELEMENT) {
            if (in.isStartElement()) {
                child.read(name());
            }
        }
        depth--;
    }

    private void skip() throws XMLStreamException {
        children(name -> skip());
    }

    /** The text of an element; elements within it are passed over. */
    private String text() throws XMLStreamException {
        StringBuilder text = new StringBuilder();
        for (int event = in.next(); event != XMLStreamConstants.END_ELEMENT; event = in.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                skip();
            } else if (in.isCharacters()) {
                text.append(in.getText());
            }
        }
        return text.toString().strip();
    }

    private void feedback() throws XMLStreamException {
        children(name -> {
            switch (name) {
                case "report_metadata" -> metadata();
                case "policy_published" -> fields(policy);
                case "record" -> record();
                default -> skip();
            }
        });
    }

    private void metadata() throws XMLStreamException {
        children(name -> {
            if (name.equals("date_range")) {
                fields(metadata);
            } else {
                metadata.putIfAbsent(name, text());
            }
        });
    }

    private void fields(Map<String, String> into) throws XMLStreamException {
        children(name -> into.putIfAbsent(name, text()));
    }

    private void record() throws XMLStreamException {
        Map<String, String> fields = new HashMap<>();
        List<String> overrides = new ArrayList<>();
        List<AuthResult> dkim = new ArrayList<>();
        List<AuthResult> spf = new ArrayList<>();
        children(name -> {
            switch (name) {
                case "row" -> row(fields, overrides);
                // The drafts before RFC 7489 wrote "identities".
                case "identifiers", "identities" -> fields(fields);
                case "auth_results" -> authResults(dkim, spf);
                default -> skip();
            }
        });
        if (rows.size() == MAX_ROWS) {
            throw new XMLStreamException("more than " + MAX_ROWS + " records", in.getLocation());
        }
        rows.add(new Row(
                fields.getOrDefault("source_ip", ""),
                seconds(fields.get("count")).orElse(0),
                word(fields, "disposition"),
                word(fields, "dkim"),
                word(fields, "spf"),
                overrides,
                fields.getOrDefault("header_from", ""),
                fields.getOrDefault("envelope_from", ""),
                fields.getOrDefault("envelope_to", ""),
                dkim,
                spf));
    }

    private static String word(Map<String, String> fields, String name) {
        return fields.getOrDefault(name, "").toLowerCase(Locale.ROOT);
    }

    private void row(Map<String, String> fields, List<String> overrides) throws XMLStreamException {
        children(name -> {
            if (name.equals("policy_evaluated")) {
                evaluated(fields, overrides);
            } else {
                fields.putIfAbsent(name, text());
            }
        });
    }

    private void evaluated(Map<String, String> fields, List<String> overrides) throws XMLStreamException {
        children(name -> {
            if (name.equals("reason")) {
                Map<String, String> reason = new HashMap<>();
                fields(reason);
                overrides.add(reason.getOrDefault("type", "other"));
            } else {
                fields.putIfAbsent(name, text());
            }
        });
    }

    private void authResults(List<AuthResult> dkim, List<AuthResult> spf) throws XMLStreamException {
        children(name -> {
            Map<String, String> fields = new HashMap<>();
            fields(fields);
            String domain = fields.getOrDefault("domain", "");
            if (name.equals("dkim")) {
                dkim.add(new AuthResult(domain, fields.getOrDefault("selector", ""), word(fields, "result")));
            } else if (name.equals("spf")) {
                spf.add(new AuthResult(domain, fields.getOrDefault("scope", ""), word(fields, "result")));
            }
        });
    }

    /** A whole number; empty when it is none. */
    private static OptionalLong seconds(@Nullable String text) {
        String digits = text == null ? "" : text.replaceFirst("\\.0*$", "");
        return digits.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(digits)) : OptionalLong.empty();
    }
}
