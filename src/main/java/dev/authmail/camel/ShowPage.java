package dev.authmail.camel;

import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Answers a visit of the landing page. The link is a secret: nobody keeps the page, and no other site learns of it. */
public final class ShowPage implements Processor {
    private final String contentSecurityPolicy;

    /** @param contentSecurityPolicy of the page */
    public ShowPage(String contentSecurityPolicy) {
        this.contentSecurityPolicy = contentSecurityPolicy;
    }

    @Override
    public void process(Exchange exchange) {
        VisitPage.Page page = Variables.PAGE.of(exchange);
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setBody(page.html().getBytes(StandardCharsets.UTF_8));
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, page.status());
        message.setHeader("Content-Type", "text/html;charset=utf-8");
        message.setHeader("Content-Language", page.language());
        message.setHeader("Content-Security-Policy", contentSecurityPolicy);
        message.setHeader("Cache-Control", "no-store");
        message.setHeader("Referrer-Policy", "no-referrer");
        message.setHeader("X-Content-Type-Options", "nosniff");
        message.setHeader("X-Frame-Options", "DENY");
        message.setHeader("X-Robots-Tag", "noindex");
        message.setHeader("Vary", "Accept-Language");
    }
}
