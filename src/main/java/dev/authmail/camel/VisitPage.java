package dev.authmail.camel;

import dev.authmail.landing.LandingHtml;
import dev.authmail.landing.LandingPage;
import dev.authmail.landing.LandingPage.Visit;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Looks at a visit of the landing page. Sets the variables {@code page}, the answer, and {@code redeemed}: when that is true
 * the body is the record that says so, to be published before the answer is given.
 */
public final class VisitPage implements Processor {
    private final LandingPage landing;
    private final LandingHtml html;

    /**
     * @param landing what visits mean
     * @param html how answers look
     */
    public VisitPage(LandingPage landing, LandingHtml html) {
        this.landing = landing;
        this.html = html;
    }

    @Override
    public void process(Exchange exchange) {
        HttpServletRequest request = TakeHook.request(exchange);
        String query = Objects.requireNonNullElse(request.getQueryString(), "");
        Visit visit = landing.visit(request.getMethod(), request.getRequestURI(), query);
        String language = html.language(request.getHeader("Accept-Language"));
        Variables.PAGE.set(
                exchange, new Page(html.render(visit, language, query), LandingHtml.status(visit), language));
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setBody(null);
        Variables.REDEEMED.set(exchange, visit instanceof Visit.Redeem);
        if (visit instanceof Visit.Redeem redeem) {
            message.setBody(landing.verified(redeem));
            message.setHeader("content-type", "application/cloudevents+json");
            EventRecord.putKey(message, redeem.link().id().getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * An answer.
     *
     * @param html the page
     * @param status of HTTP
     * @param language of the page
     */
    record Page(String html, int status, String language) {
        /** Without the page: it holds the link. */
        @Override
        public String toString() {
            return "Page[" + status + "]";
        }
    }
}
