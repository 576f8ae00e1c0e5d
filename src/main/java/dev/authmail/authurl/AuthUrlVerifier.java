package dev.authmail.authurl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Verifies the links that authmail signs. Copy this file into your application: it needs nothing but the JDK.
 * Thread-safe.
 *
 * <p>Use the values of the {@link VerifiedLink}, never your framework's query parameters: only these were signed. Let
 * {@code GET} change nothing (mail scanners open links); let a {@code POST} from the page redeem the id once.
 */
public final class AuthUrlVerifier {
    private static final int MAX_CHARS = 8192;
    private static final Set<String> REQUIRED = Set.of("uid", "ah", "exp", "id", "kid");
    private static final Set<String> ALLOWED = Set.of("uid", "ah", "exp", "id", "next", "kid");

    private final String origin;
    private final Map<String, byte[]> keys;
    private final Clock clock;

    /**
     * @param origin the public origin as configured, {@code https://host[:port]}; never take it from the Host header
     * @param keys the live keys by name, each at least 32 octets
     * @param clock says whether a link has expired
     */
    public AuthUrlVerifier(URI origin, Map<String, byte[]> keys, Clock clock) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("Without a key no link can be verified");
        }
        this.origin = checkedOrigin(origin);
        this.keys = new HashMap<>();
        keys.forEach((kid, secret) -> this.keys.put(kid, checkedSecret(kid, secret)));
        this.clock = clock;
    }

    /** What became of a link. */
    public sealed interface Verification {
        /** Signed by authmail for this purpose, and alive. */
        record Valid(VerifiedLink link) implements Verification {}

        /** Signed by authmail for this purpose, but too old: offer to send a new mail. */
        record Expired(VerifiedLink link) implements Verification {}

        /** Not signed by authmail for this purpose. The reason is for your log. */
        record Invalid(String why) implements Verification {}
    }

    /**
     * Verifies the request target of a click.
     *
     * @param rawPathAndQuery path and query as they came, undecoded, such as {@code /verify?uid=…&sig=…}
     * @param expectedPurpose the purpose whose landing page this is, such as {@code verify-email}
     */
    public Verification verify(String rawPathAndQuery, String expectedPurpose) {
        if (rawPathAndQuery.length() > MAX_CHARS) {
            return new Verification.Invalid("is longer than " + MAX_CHARS + " characters");
        }
        int cut = rawPathAndQuery.indexOf("&sig=");
        int query = rawPathAndQuery.indexOf('?');
        if (!rawPathAndQuery.startsWith("/") || query < 0 || cut < query) {
            return new Verification.Invalid("is no path with a query and a signature");
        }
        var signed = rawPathAndQuery.substring(0, cut);
        // Trackers append parameters of their own behind the signature.
        var signature = rawPathAndQuery.substring(cut + "&sig=".length()).split("[&#]", 2)[0];
        return verify(signed, signature, parameters(signed.substring(query + 1)), expectedPurpose);
    }

    private Verification verify(
            String signed, String signature, Optional<Map<String, String>> parsed, String expectedPurpose) {
        if (parsed.isEmpty()) {
            return new Verification.Invalid("has a missing, repeated or unknown parameter before its signature");
        }
        var values = parsed.get();
        var key = keys.get(values.get("kid"));
        if (key == null) {
            return new Verification.Invalid("is signed with an unknown key");
        }
        var expected = base64url(hmac(key, "authmail-url-v1\n" + expectedPurpose + "\n" + origin + signed));
        if (!MessageDigest.isEqual(expected.getBytes(UTF_8), signature.getBytes(UTF_8))) {
            return new Verification.Invalid(
                    "has a signature that does not fit: changed, for another purpose or origin");
        }
        return judge(new VerifiedLink(values, key));
    }

    private Verification judge(VerifiedLink link) {
        return clock.instant().isBefore(link.expires()) ? new Verification.Valid(link) : new Verification.Expired(link);
    }

    /** The parameters by name, still encoded; empty if one is missing, repeated or unknown. */
    private static Optional<Map<String, String>> parameters(String query) {
        var values = new HashMap<String, String>();
        for (var parameter : query.split("&", -1)) {
            var pair = parameter.split("=", 2);
            if (pair.length < 2 || !ALLOWED.contains(pair[0]) || values.put(pair[0], pair[1]) != null) {
                return Optional.empty();
            }
        }
        return values.keySet().containsAll(REQUIRED) ? Optional.of(values) : Optional.empty();
    }

    /** What a link says; every value was signed. */
    public static final class VerifiedLink {
        private final String userId;
        private final String addressHash;
        private final Instant expires;
        private final String id;
        private final Optional<String> next;
        private final byte[] key;

        private VerifiedLink(Map<String, String> values, byte[] key) {
            this.userId = decode(requireNonNull(values.get("uid")));
            this.addressHash = requireNonNull(values.get("ah"));
            this.expires = Instant.ofEpochSecond(Long.parseLong(requireNonNull(values.get("exp"))));
            this.id = requireNonNull(values.get("id"));
            this.next = Optional.ofNullable(values.get("next")).map(AuthUrlVerifier::decode);
            this.key = key;
        }

        /** Your user. */
        public String userId() {
            return userId;
        }

        /** A keyed hash of the address the mail went to; see {@link #matchesAddress}. */
        public String addressHash() {
            return addressHash;
        }

        /** From when on the link is refused. */
        public Instant expires() {
            return expires;
        }

        /** The same for all mails of one event: redeem it once. */
        public String id() {
            return id;
        }

        /** The path on your application to go to after the click. */
        public Optional<String> next() {
            return next;
        }

        /**
         * Whether the mail went to this address. Ask with the address the user has now: a link sent before a change of
         * address must not confirm the new one.
         *
         * @param address exactly as your application published it
         */
        public boolean matchesAddress(String address) {
            var expected = base64url(Arrays.copyOf(hmac(key, "authmail-address-v1\n" + address), 16));
            return MessageDigest.isEqual(expected.getBytes(UTF_8), addressHash.getBytes(UTF_8));
        }

        @Override
        public String toString() {
            return "VerifiedLink[id=" + id + ", expires=" + expires + "]";
        }
    }

    /** The origin as it is signed, without a final slash. */
    static String checkedOrigin(URI origin) {
        var scheme = origin.getScheme();
        var host = origin.getHost();
        var text = origin.toString().replaceFirst("/$", "");
        // RFC 3986 §3.2: nothing but scheme, host and port.
        if (scheme == null || host == null || !text.equals(scheme + "://" + host + port(origin))) {
            throw new IllegalArgumentException(
                    "The origin must be https://host[:port] without path or query: " + origin);
        }
        boolean local = Set.of("localhost", "127.0.0.1", "[::1]").contains(host);
        if (!scheme.equals("https") && !(scheme.equals("http") && local)) {
            throw new IllegalArgumentException("The origin must be https (http for localhost only): " + origin);
        }
        return text;
    }

    private static String port(URI origin) {
        return origin.getPort() < 0 ? "" : ":" + origin.getPort();
    }

    private static byte[] checkedSecret(String kid, byte[] secret) {
        if (secret.length < 32) {
            throw new IllegalArgumentException("The key " + kid + " needs at least 32 octets, it has " + secret.length);
        }
        return secret.clone();
    }

    private static String decode(String value) {
        return URLDecoder.decode(value, UTF_8);
    }

    private static String base64url(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    private static byte[] hmac(byte[] key, String message) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }
}
