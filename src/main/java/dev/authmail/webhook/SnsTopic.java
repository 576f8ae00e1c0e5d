package dev.authmail.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A topic of Amazon SNS.
 *
 * @param arn its name
 * @param host the host of its region, which alone speaks for it
 */
public record SnsTopic(String arn, String host) {
    private static final Pattern ARN =
            Pattern.compile("arn:(aws[a-z-]{0,20}):sns:([a-z0-9-]{1,40}):[0-9]{12}:[A-Za-z0-9_.-]{1,256}");

    /**
     * Reads a name.
     *
     * @param arn such as {@code arn:aws:sns:eu-west-1:123456789012:bounces}
     * @throws IllegalArgumentException when it is none
     */
    public static SnsTopic of(String arn) {
        Matcher m = ARN.matcher(arn.strip());
        if (!m.matches()) {
            throw new IllegalArgumentException(
                    "\"" + arn + "\" is no topic of SNS: give arn:aws:sns:<region>:<account>:<name>");
        }
        return new SnsTopic(
                m.group(), "sns." + m.group(2) + ".amazonaws.com" + (m.group(1).equals("aws-cn") ? ".cn" : ""));
    }

    /** A URL of this topic's own host, over HTTPS; empty when it leads anywhere else. */
    Optional<URI> own(String url) {
        try {
            URI uri = new URI(url);
            boolean ours = "https".equals(uri.getScheme())
                    && host.equals(uri.getHost())
                    && (uri.getPort() == -1 || uri.getPort() == 443)
                    && uri.getUserInfo() == null;
            return ours ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException none) {
            return Optional.empty();
        }
    }
}
