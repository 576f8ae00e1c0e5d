package dev.authmail.camel;

import dev.authmail.authurl.AuthUrl;
import dev.authmail.authurl.OneTimeCode;
import dev.authmail.delivery.Conclusion;
import dev.authmail.delivery.Fault;
import dev.authmail.delivery.Reason;
import dev.authmail.delivery.UserState;
import dev.authmail.event.RegistrationEvent;
import dev.authmail.template.MailModel;
import dev.authmail.template.Rendering;
import dev.authmail.template.TemplateRenderer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/** Puts the event, its URL and its code, if it has one, into the templates. Body afterwards: {@code RenderedMail}. */
public final class RenderMail implements Processor {
    private final TemplateRenderer renderer;
    private final String product;
    private final @Nullable String supportAddress;

    /**
     * @param renderer of templates
     * @param product the name of the service, as readers know it
     * @param supportAddress where readers can ask, if anywhere
     */
    public RenderMail(TemplateRenderer renderer, String product, @Nullable String supportAddress) {
        this.renderer = renderer;
        this.product = product;
        this.supportAddress = supportAddress;
    }

    @Override
    public void process(Exchange exchange) {
        RegistrationEvent event = Variables.EVENT.of(exchange);
        AuthUrl url = Variables.AUTH_URL.of(exchange);
        MailModel model = new MailModel(
                event.purpose(),
                event.locale(),
                event.name(),
                url.value(),
                url.expires(),
                product,
                supportAddress,
                code(exchange));
        switch (renderer.render(model)) {
            case Rendering.Rendered rendered -> exchange.getMessage().setBody(rendered.mail());
            case Rendering.Failed failed -> throw failure(failed);
        }
    }

    private static MailModel.@Nullable Code code(Exchange exchange) {
        OneTimeCode code = Variables.ONE_TIME_CODE.orNull(exchange);
        return code == null ? null : new MailModel.Code(code.digits(), code.expires());
    }

    private static MailRefusedException failure(Rendering.Failed failed) {
        return new MailRefusedException(new Conclusion.GivenUp(
                Reason.FAILED,
                Fault.SELF,
                UserState.OUR_FAULT,
                "template " + failed.template() + ": " + failed.detail()));
    }
}
