package dev.authmail.tlsreport;

import dev.authmail.https.HttpsAnswer;
import dev.authmail.https.StrangersHttps;
import java.net.URI;
import java.util.Optional;

/** Posts reports to the web servers that domains name. RFC 8460 §5.4. */
public final class ReportUpload implements AutoCloseable {
    private final StrangersHttps https;

    /**
     * @param https posts; is closed with this. RFC 8460 §3 lets a sender overlook certificates; we do not
     */
    public ReportUpload(StrangersHttps https) {
        this.https = https;
    }

    /** Posts one; what went wrong, if anything. */
    public Optional<String> post(URI uri, TlsReportFile file) {
        return switch (https.post(uri, TlsReportFile.TYPE, file.gzip())) {
            case HttpsAnswer.Answered answered ->
                answered.status() / 100 == 2
                        ? Optional.empty()
                        : Optional.of("the web server answered " + answered.status());
            case HttpsAnswer.Failed failed -> Optional.of(failed.detail());
        };
    }

    @Override
    public void close() {
        https.close();
    }
}
