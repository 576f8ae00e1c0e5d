package dev.authmail.camel;

import java.nio.charset.StandardCharsets;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceHelper;

/**
 * One route file as it was read.
 *
 * @param name such as {@code deliver.camel.yaml}
 * @param text its whole content
 * @param place where it was found, for people
 */
public record RouteFile(String name, String text, String place) {
    Resource resource() {
        return ResourceHelper.fromBytes(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
