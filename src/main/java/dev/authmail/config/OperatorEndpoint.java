package dev.authmail.config;

import dev.authmail.page.OperatorPage;
import java.util.Optional;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * {@code /actuator/operator}: a page for operators, and {@code /actuator/operator/<purpose>/<language>}: a sample mail.
 * Read-only; no secret, no address.
 */
@WebEndpoint(id = "operator")
final class OperatorEndpoint {
    private final OperatorView view;

    OperatorEndpoint(OperatorView view) {
        this.view = view;
    }

    @ReadOperation(produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<String> page() {
        return html(view.page(), OperatorPage.POLICY);
    }

    @ReadOperation(produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<String> mail(@Selector String purpose, @Selector String language) {
        Optional<String> mail = view.mail(purpose, language);
        return mail.map(html -> html(html, OperatorPage.POLICY_OF_MAILS))
                .orElseGet(() -> ResponseEntity.status(HttpStatus.NOT_FOUND).build());
    }

    private static ResponseEntity<String> html(String page, String policy) {
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_HTML, java.nio.charset.StandardCharsets.UTF_8))
                .header("Content-Security-Policy", policy)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(page);
    }
}
