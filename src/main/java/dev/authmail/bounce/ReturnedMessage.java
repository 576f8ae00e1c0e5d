package dev.authmail.bounce;

import dev.authmail.mime.HeaderFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The message that came back, or its header.
 *
 * @param fields its header; none when it did not come back
 */
record ReturnedMessage(HeaderFields fields) {
    static final ReturnedMessage NONE = new ReturnedMessage(HeaderFields.NONE);

    private static final Pattern FOR = Pattern.compile("\\sfor <?(" + AddressText.ADDRESS + ")>?\\s*;");

    /** The first header among the lines below a notice. */
    static ReturnedMessage quoted(List<String> lines) {
        List<String> header = new ArrayList<>();
        for (String line : lines) {
            boolean folded = !line.isEmpty() && Character.isWhitespace(line.charAt(0)) && !header.isEmpty();
            if (folded || HeaderFields.beginsField(line)) {
                header.add(line);
                continue;
            }
            ReturnedMessage found = new ReturnedMessage(HeaderFields.of(header));
            if (found.isOfAMail()) {
                return found;
            }
            header.clear();
        }
        ReturnedMessage last = new ReturnedMessage(HeaderFields.of(header));
        return last.isOfAMail() ? last : NONE;
    }

    private boolean isOfAMail() {
        return Stream.of("From", "To", "Message-ID", "Subject").anyMatch(fields::has);
    }

    Optional<String> messageId() {
        return fields.first("Message-ID").filter(id -> id.length() < 1000);
    }

    /** To whom it went: the last hop's own word first, else what its author wrote. */
    List<String> recipients() {
        List<String> envelope = Stream.of("X-Envelope-To", "Envelope-To", "X-Original-To", "Delivered-To")
                .flatMap(name -> fields.all(name).stream())
                .flatMap(value -> AddressText.inField(value).stream())
                .distinct()
                .toList();
        List<String> written = Stream.of("To", "Cc")
                .flatMap(name -> fields.all(name).stream())
                .flatMap(value -> AddressText.inField(value).stream())
                .distinct()
                .toList();
        return !written.isEmpty() ? written : !envelope.isEmpty() ? envelope : passedFor();
    }

    private List<String> passedFor() {
        List<String> found = new ArrayList<>();
        for (String received : fields.all("Received")) {
            Matcher m = FOR.matcher(received);
            if (m.find() && !found.contains(m.group(1))) {
                found.add(m.group(1));
            }
        }
        return found;
    }

    Optional<String> returnPath() {
        return fields.first("Return-Path").flatMap(AddressText::first);
    }
}
