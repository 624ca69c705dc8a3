package dev.oriel.agent.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.account.Account;
import dev.oriel.account.Accounts;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.wire.ApiException;
import dev.oriel.agent.api.wire.ApiRequest;
import dev.oriel.agent.api.wire.MessagesApi;
import dev.oriel.agent.api.wire.MessagesApiFactory;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens the connection to an account's server with the first prompt or request: the key store can
/// block, and a session that is only looked at needs none.
final class LazyApi implements MessagesApi {
    private static final Logger LOG = LoggerFactory.getLogger(LazyApi.class);

    private final MessagesApiFactory factory;
    private final Account account;
    private final Accounts accounts;
    private final AtomicBoolean prepared = new AtomicBoolean();
    private @Nullable MessagesApi opened; // guarded by this
    private boolean wasListed; // guarded by this
    private boolean closed; // guarded by this

    LazyApi(MessagesApiFactory factory, Account account, Accounts accounts) {
        this.factory = factory;
        this.account = account;
        this.accounts = accounts;
    }

    @Override
    public List<String> stream(ApiRequest request, CancelScope cancel, StreamListener listener)
            throws ApiException {
        return open().stream(request, cancel, listener);
    }

    @Override
    public List<ObjectNode> models(CancelScope cancel) throws ApiException {
        return open().models(cancel);
    }

    /// Opens the connection while the turn that needs it begins. If that fails, the request tries
    /// again and says why.
    @Override
    public void prepare() {
        if (!prepared.getAndSet(true)) {
            Thread.ofVirtual()
                    .name("oriel-api-open")
                    .start(() -> {
                        try {
                            open();
                        } catch (ApiException | RuntimeException e) {
                            LOG.debug("The connection cannot be opened yet", e);
                        }
                    });
        }
    }

    private synchronized MessagesApi open() throws ApiException {
        if (closed) {
            throw failure("The agent has ended.", null);
        }
        boolean listed = accounts.find(account.id()) != null;
        if (wasListed && !listed) {
            // Whoever removes an account expects that its key is not used any more.
            throw failure("The account of this session was removed. Choose another one.", null);
        }
        wasListed = listed;
        MessagesApi api = opened;
        if (api == null) {
            try {
                api = factory.open(account, accounts);
            } catch (IOException e) {
                throw failure("The key of the account cannot be read: " + e.getMessage(), e);
            }
            opened = api;
        }
        return api;
    }

    // A new agent reads the key again, as after a key that the server did not accept.
    private static ApiException failure(String text, @Nullable IOException cause) {
        return new ApiException(
                ApiException.Kind.STATUS, 401, "authentication_error", text, null, cause);
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (opened != null) {
            opened.close();
        }
    }
}
