package dev.authmail.config;

import dev.authmail.dkim.DkimKey;
import dev.authmail.dkim.SigningPrimitive;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;

/** Tells how long signatures take; the rest of a mail is small beside an RSA signature. */
final class TimedSigning implements SigningPrimitive {
    private final SigningPrimitive primitive;
    private final Timer timer;

    TimedSigning(SigningPrimitive primitive, MeterRegistry meters) {
        this.primitive = primitive;
        this.timer = Timer.builder("authmail.dkim.sign")
                .description("One DKIM signature")
                .register(meters);
    }

    @Override
    public String name() {
        return primitive.name();
    }

    @Override
    public byte[] sign(DkimKey key, byte[] octets) throws GeneralSecurityException {
        long began = System.nanoTime();
        byte[] signature = primitive.sign(key, octets);
        timer.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
        return signature;
    }
}
