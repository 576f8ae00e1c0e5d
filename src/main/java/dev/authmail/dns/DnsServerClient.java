package dev.authmail.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SimpleResolver;

/**
 * One recursive server. An answer that only says that this server cannot answer is an error here, so that the next
 * server is asked, as the C library does it. RFC 1035 §4.1.1.
 */
final class DnsServerClient extends SimpleResolver {
    DnsServerClient(InetSocketAddress server, Duration timeout) {
        super(server);
        setTimeout(timeout);
    }

    @Override
    public CompletionStage<Message> sendAsync(Message query, Executor executor) {
        return super.sendAsync(query, executor).thenCompose(this::answered);
    }

    private CompletionStage<Message> answered(Message answer) {
        return switch (answer.getRcode()) {
            case Rcode.NOERROR, Rcode.NXDOMAIN -> CompletableFuture.completedFuture(answer);
            default ->
                CompletableFuture.failedFuture(
                        new IOException(Rcode.string(answer.getRcode()) + " from " + getAddress()));
        };
    }
}
