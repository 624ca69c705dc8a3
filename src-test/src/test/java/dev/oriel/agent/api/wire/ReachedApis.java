package dev.oriel.agent.api.wire;

import dev.oriel.account.Account;
import dev.oriel.account.Accounts;
import dev.oriel.client.transport.Transport;
import dev.oriel.testing.manual.ManualScheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// Connections of whole agents: with the test's proxy and certificates, and with a clock that the
/// test moves. Thread-safe.
public final class ReachedApis implements MessagesApiFactory {
    private final Transport transport;
    private final AtomicLong now = new AtomicLong();
    private final ManualScheduler scheduler = new ManualScheduler();

    public ReachedApis(Transport transport) {
        this.transport = transport;
    }

    @Override
    public MessagesApi open(Account account, Accounts accounts) throws IOException {
        MessagesApi api =
                new SdkMessagesApi(
                        account,
                        accounts.key(account),
                        accounts.secretHeaders(account),
                        transport.createHttpClient(task -> Thread.ofVirtual().start(task)),
                        now::get,
                        scheduler::schedule);
        return new TolerantMessagesApi(api, account, accounts);
    }

    /// Time passes for streams that are read.
    public void pass(Duration time) {
        now.addAndGet(time.toNanos());
        scheduler.advance(time);
    }
}
