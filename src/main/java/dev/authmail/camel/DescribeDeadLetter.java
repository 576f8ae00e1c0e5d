package dev.authmail.camel;

import dev.authmail.event.SourceRecord;
import dev.authmail.outcome.ReportHeaders;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Makes the dead letter: the event as received, with why there will be no mail. */
public final class DescribeDeadLetter implements Processor {
    private final Reports reports;
    private final int maxOctets;

    /**
     * @param topics the retry topics
     * @param maxOctets the largest value that the dead-letter topic takes
     */
    public DescribeDeadLetter(RetryTopics topics, int maxOctets) {
        this.reports = new Reports(topics);
        this.maxOctets = maxOctets;
    }

    @Override
    public void process(Exchange exchange) {
        SourceRecord record = Intake.of(exchange).record();
        EventRecord.write(exchange.getMessage(), record, reports.headers(exchange));
        if (record.valueSize() > maxOctets) {
            leaveValueOut(exchange.getMessage(), record);
        }
    }

    /** The record itself stays on its topic; a letter without its value is better than none. */
    static void leaveValueOut(Message letter, SourceRecord record) {
        String detail = letter.getHeader(ReportHeaders.DETAIL, "", String.class);
        letter.setBody(new byte[0]);
        letter.setHeader(
                ReportHeaders.DETAIL,
                detail + "; the value of " + record.valueSize()
                        + " octets is too large for this topic and left out, read it at its source");
    }

    /** What is left says what became of which event. */
    static void leaveKeyAndHeadersOut(Message letter) {
        String detail = letter.getHeader(ReportHeaders.DETAIL, "", String.class);
        letter.removeHeaders("*", ReportHeaders.PREFIX + "*");
        letter.setHeader(ReportHeaders.DETAIL, detail + "; so are its key and headers");
    }
}
