package dev.authmail.authurl;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.authmail.event.RegistrationEvent;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Makes the link of an event. The scheme is {@code signed-url}: HMAC-SHA256 over the purpose and the whole URL, the
 * signature as the last parameter. Thread-safe.
 */
public final class AuthUrlSigner {
    private static final Pattern PURPOSE = Pattern.compile("[a-z0-9-]{1,32}");
    private static final Pattern PATH = Pattern.compile("/(?!/)(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*");
    private static final int ID_OCTETS = 16;

    private final String origin;
    private final Map<String, String> landingPaths;
    private final UrlKeys keys;
    private final Duration lifetime;
    private final Clock clock;

    /**
     * @param origin public origin of the application, {@code https://host[:port]}; {@code http} for localhost only
     * @param landingPaths for each purpose its own path
     * @param keys the newest signs
     * @param lifetime how long a link lives from the moment it is signed, at least a second
     * @param clock says when that is
     */
    public AuthUrlSigner(URI origin, Map<String, String> landingPaths, UrlKeys keys, Duration lifetime, Clock clock) {
        if (lifetime.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("A link must live at least a second, not " + lifetime);
        }
        landingPaths.forEach(AuthUrlSigner::check);
        this.origin = AuthUrlVerifier.checkedOrigin(origin);
        this.landingPaths = Map.copyOf(landingPaths);
        this.keys = keys;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    private static void check(String purpose, String path) {
        if (!PURPOSE.matcher(purpose).matches()) {
            throw new IllegalArgumentException("A purpose must match [a-z0-9-]{1,32}, not " + purpose);
        }
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("The landing path of " + purpose
                    + " must begin with one / and hold no query or fragment, percent-encoded where not ASCII: " + path);
        }
    }

    /** Whether the purpose has a landing path, so that its events can be signed. */
    public boolean knows(String purpose) {
        return landingPaths.containsKey(purpose);
    }

    /**
     * Signs a link that lives from now on; every attempt signs anew.
     *
     * @throws IllegalArgumentException when the purpose has no landing path: ask {@link #knows} first
     */
    public AuthUrl sign(RegistrationEvent event) {
        var path = landingPaths.get(event.purpose());
        if (path == null) {
            throw new IllegalArgumentException("No landing path is set for the purpose " + event.purpose());
        }
        var key = keys.newest();
        long expires = clock.instant().plus(lifetime).getEpochSecond();
        var unsigned = origin + path + "?" + parameters(event, key, expires);
        var message = "authmail-url-v1\n" + event.purpose() + "\n" + unsigned;
        var signature = base64url(key.hmac().mac(message.getBytes(US_ASCII)));
        return new AuthUrl(unsigned + "&sig=" + signature, Instant.ofEpochSecond(expires));
    }

    private static String parameters(RegistrationEvent event, UrlKey key, long expires) {
        var continueTo = event.continueTo();
        return "uid=" + PercentEncoding.encode(event.userId())
                + "&ah=" + addressHash(key, event.publishedEmail())
                + "&exp=" + expires
                + "&id=" + event.id().fingerprint().base64url()
                + (continueTo == null ? "" : "&next=" + PercentEncoding.encode(continueTo))
                + "&kid=" + key.kid();
    }

    /** Lets the application check that the address is still the one the mail went to, without showing it. */
    private static String addressHash(UrlKey key, String address) {
        return base64url(key.hmac().mac(("authmail-address-v1\n" + address).getBytes(UTF_8), ID_OCTETS));
    }

    private static String base64url(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }
}
