package dev.authmail.camel;

import dev.authmail.bounce.ReportedRecipient;
import dev.authmail.returns.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One log line and one count for each report that came back, by mail or from a provider. Neither shows a person. */
public final class ReturnLog {
    private static final Logger LOG = LoggerFactory.getLogger("authmail.bounce");

    private final MeterRegistry meters;

    /** @param meters where reports are counted */
    public ReturnLog(MeterRegistry meters) {
        this.meters = meters;
        // So that nothing having come is told as 0 and not as silence.
        Arrays.stream(Verdict.Why.values()).forEach(why -> counter("unmatched", why.code()));
        counter("unreadable", "none");
    }

    void unreadable() {
        count("unreadable", "none");
        LOG.warn("returned=unreadable");
    }

    void record(Verdict verdict) {
        switch (verdict) {
            case Verdict.Returned returned -> {
                count(
                        returned.reason().code(),
                        returned.recipient().map(r -> r.tier().code()).orElse("none"));
                LOG.info(
                        "returned={} event={} rule={} status={} suppressed={}",
                        returned.reason().code(),
                        returned.event().value(),
                        returned.recipient().map(ReportedRecipient::rule).orElse(""),
                        returned.recipient().flatMap(ReportedRecipient::status).orElse(""),
                        returned.suppressed().isPresent());
            }
            case Verdict.Repeated repeated -> {
                count("repeated", "none");
                LOG.info("returned=repeated event={}", repeated.event().value());
            }
            case Verdict.Harmless harmless -> {
                count("harmless", harmless.kind().code());
                LOG.info("returned=harmless kind={}", harmless.kind().code());
            }
            case Verdict.Unmatched unmatched -> {
                count("unmatched", unmatched.why().code());
                LOG.info("returned=unmatched why={}", unmatched.why().code());
            }
        }
    }

    private void count(String result, String detail) {
        counter(result, detail).increment();
    }

    private Counter counter(String result, String detail) {
        return Counter.builder("authmail.bounces")
                .description("Reports of mails that came back, and what was done about them")
                .tag("result", result)
                .tag("detail", detail)
                .register(meters);
    }
}
