package dev.authmail.template;

import dev.authmail.template.Rendering.Failed;
import dev.authmail.template.Rendering.Rendered;
import freemarker.core.Environment;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The templates of one purpose in one language. */
sealed interface TemplateSet {
    /** Renders, or says why not. */
    Rendering render(MailModel model, ZoneId zone);

    /** It cannot be used; {@code why} names the file. */
    record Broken(Failed why) implements TemplateSet {
        @Override
        public Rendering render(MailModel model, ZoneId zone) {
            return why;
        }
    }

    /** Parsed once, rendered by many threads. */
    record Ready(SetKey key, Map<Part, Template> parts, SpareBuffers buffers) implements TemplateSet {
        private static final Pattern NOT_OF_A_LINE = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\s]+");

        public Ready {
            parts = Map.copyOf(parts);
        }

        @Override
        public Rendering render(MailModel model, ZoneId zone) {
            return render(model, zone, TemplateFault::secretive);
        }

        /** Renders the sample: a set that fails here would fail with every event. */
        @Nullable
        Failed trial(ZoneId zone) {
            for (MailModel sample : SampleModels.of(key)) {
                if (render(sample, zone, TemplateFault::open) instanceof Failed failed) {
                    return failed;
                }
            }
            return null;
        }

        private Rendering render(MailModel model, ZoneId zone, BiFunction<String, Exception, Failed> fault) {
            Locale language = Locale.forLanguageTag(key.tag());
            Locale format = formatOf(model.locale(), language);
            Map<String, Object> values = values(model, instant -> Expiry.of(instant, zone, format));
            Map<Part, String> written = new HashMap<>();
            for (Part part : Part.values()) {
                Template template = template(part);
                try {
                    written.put(part, process(template, part, values, format));
                } catch (TemplateException | IOException | RuntimeException e) {
                    return fault.apply(template.getName(), e);
                } catch (StackOverflowError e) {
                    return new Failed(template.getName(), "calls itself without end");
                }
            }
            return checked(model, written, language);
        }

        private Template template(Part part) {
            Template template = parts.get(part);
            if (template == null) {
                throw new IllegalStateException("A set without " + part + ": " + key);
            }
            return template;
        }

        private String process(Template template, Part part, Map<String, Object> values, Locale format)
                throws TemplateException, IOException {
            BoundedWriter out = new BoundedWriter(part.maxChars(), buffers.take(part));
            Environment environment = template.createProcessingEnvironment(values, out);
            environment.setLocale(format);
            environment.process();
            String written = out.toString();
            buffers.giveBack(part, out.buffer());
            return written;
        }

        // British readers of the English text read British dates; readers of a fall-back read the dates of its
        // language.
        private static Locale formatOf(Locale reader, Locale language) {
            Locale wellFormed = LanguageTags.wellFormed(reader);
            return wellFormed.getLanguage().equals(language.getLanguage()) ? wellFormed : language;
        }

        private Map<String, Object> values(MailModel model, Function<Instant, Expiry> told) {
            Map<String, Object> values = new HashMap<>();
            Expiry expiry = told.apply(model.expires());
            values.put("url", model.url());
            values.put("expires", expiry.dateTime());
            values.put("zone", expiry.zone());
            values.put("product", model.product());
            values.put("lang", key.tag());
            String name = GreetingName.of(model.name());
            if (name != null) {
                values.put("name", name);
            }
            if (model.supportAddress() != null) {
                values.put("support", model.supportAddress());
            }
            MailModel.Code code = model.code();
            if (code != null) {
                values.put("code", code.digits());
                values.put("codeExpires", told.apply(code.expires()).dateTime());
            }
            return values;
        }

        private Rendering checked(MailModel model, Map<Part, String> written, Locale language) {
            String subject = NOT_OF_A_LINE
                    .matcher(written.getOrDefault(Part.SUBJECT, ""))
                    .replaceAll(" ")
                    .strip();
            String text = written.getOrDefault(Part.TEXT, "");
            String html = written.getOrDefault(Part.HTML, "");
            if (subject.isEmpty()) {
                return new Failed(template(Part.SUBJECT).getName(), "writes no subject");
            }
            if (!text.contains(model.url())) {
                return new Failed(template(Part.TEXT).getName(), "does not show the link; write ${url} into it");
            }
            if (!html.contains("href=\"" + model.url().replace("&", "&amp;") + "\"")) {
                return new Failed(template(Part.HTML).getName(), "does not link to the URL; write href=\"${url}\"");
            }
            return new Rendered(new RenderedMail(subject, text, html, language));
        }
    }
}
