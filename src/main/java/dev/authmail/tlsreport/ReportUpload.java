package dev.authmail.tlsreport;

import dev.authmail.https.HttpsAnswer;
import dev.authmail.https.StrangersHttps;
import java.net.URI;

/** Posts reports to the web servers that domains name. RFC 8460 §5.4. */
public final class ReportUpload implements AutoCloseable {
    private final StrangersHttps https;

    /**
     * @param https posts; is closed with this. RFC 8460 §3 lets a sender overlook certificates; we do not
     */
    public ReportUpload(StrangersHttps https) {
        this.https = https;
    }

    /** Posts one. */
    public ReportSending post(URI uri, TlsReportFile file) {
        return switch (https.post(uri, TlsReportFile.TYPE, file.gzip())) {
            case HttpsAnswer.Answered answered -> meaning(answered.status());
            case HttpsAnswer.Failed failed -> new ReportSending.NotNow(failed.detail());
        };
    }

    /** A 4xx is final, but for those that say "later". RFC 9110 §15.5.9, RFC 6585 §4. */
    private static ReportSending meaning(int status) {
        String detail = "the web server answered " + status;
        return switch (status / 100) {
            case 2 -> new ReportSending.Arrived();
            case 4 ->
                status == 408 || status == 429 ? new ReportSending.NotNow(detail) : new ReportSending.Refused(detail);
            default -> new ReportSending.NotNow(detail);
        };
    }

    @Override
    public void close() {
        https.close();
    }
}
