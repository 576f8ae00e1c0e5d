package dev.authmail.mtasts;

import dev.authmail.address.Domain;
import dev.authmail.https.HttpsAnswer;
import dev.authmail.https.StrangersHttps;
import dev.authmail.tlsrpt.ResultType;
import java.net.URI;
import java.util.Locale;

/**
 * Fetches policies over HTTPS: {@code https://mta-sts.<domain>/.well-known/mta-sts.txt}, with a certificate for that
 * name, no redirect, at most 64 KiB. RFC 8461 §3.3.
 */
public final class HttpsPolicySource implements PolicySource, AutoCloseable {
    private static final int MAX_OCTETS = 65_536;

    private final StrangersHttps https;

    /** @param https fetches; is closed with this */
    public HttpsPolicySource(StrangersHttps https) {
        this.https = https;
    }

    @Override
    public PolicyFetch fetch(Domain domain) {
        URI uri = URI.create("https://mta-sts." + domain.ascii() + "/.well-known/mta-sts.txt");
        return switch (https.get(uri, MAX_OCTETS)) {
            case HttpsAnswer.Answered answered -> read(answered);
            case HttpsAnswer.Failed failed -> new PolicyFetch.Failed(type(failed.problem()), failed.detail());
        };
    }

    private static ResultType type(HttpsAnswer.Problem problem) {
        return switch (problem) {
            case CERTIFICATE -> ResultType.STS_WEBPKI_INVALID;
            case UNREACHABLE -> ResultType.STS_POLICY_FETCH_ERROR;
        };
    }

    private static PolicyFetch read(HttpsAnswer.Answered answer) {
        if (answer.status() != 200) {
            return new PolicyFetch.Failed(
                    ResultType.STS_POLICY_FETCH_ERROR, "the web server answered " + answer.status());
        }
        if (!isPlainText(answer.contentType())) {
            return invalid("is not text/plain");
        }
        if (!answer.whole()) {
            return invalid("is longer than 64 KiB");
        }
        return switch (StsPolicy.parse(answer.body())) {
            case ParsedStsPolicy.Valid valid -> new PolicyFetch.Fetched(valid.policy());
            case ParsedStsPolicy.Invalid invalid -> invalid(invalid.rule());
        };
    }

    private static boolean isPlainText(String contentType) {
        return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("text/plain");
    }

    private static PolicyFetch invalid(String rule) {
        return new PolicyFetch.Failed(ResultType.STS_POLICY_INVALID, "the policy " + rule);
    }

    @Override
    public void close() {
        https.close();
    }
}
