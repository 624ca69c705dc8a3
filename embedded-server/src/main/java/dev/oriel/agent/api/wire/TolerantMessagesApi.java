package dev.oriel.agent.api.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.account.Account;
import dev.oriel.account.Accounts;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.wire.EndpointTraits.Feature;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Lives with what gateways and local servers lack: a request that is refused for a feature is
/// repeated without it. What was found is stored with the account, so that later requests leave it
/// out at once. Any server can refuse the model's earlier thinking; until this object is closed it
/// is left out then. Thread-safe.
public final class TolerantMessagesApi implements MessagesApi {
    private final MessagesApi inner;
    private final Account account;
    private final Accounts accounts;
    private final Set<Feature> lacks; // guarded by this
    private boolean forgetsThinking; // guarded by this

    /// @param accounts is told what the account's server lacks
    public TolerantMessagesApi(MessagesApi inner, Account account, Accounts accounts) {
        this.inner = inner;
        this.account = account;
        this.accounts = accounts;
        this.lacks =
                account.kind() == Account.Kind.ANTHROPIC
                        ? EnumSet.noneOf(Feature.class)
                        : EndpointTraits.named(account.lacks());
    }

    @Override
    public List<String> stream(ApiRequest request, CancelScope cancel, StreamListener listener)
            throws ApiException {
        Set<Feature> without = EnumSet.noneOf(Feature.class);
        boolean forgets;
        synchronized (this) {
            without.addAll(lacks);
            forgets = forgetsThinking;
        }
        while (true) {
            try {
                ApiRequest reduced =
                        EndpointTraits.without(
                                without, forgets ? PastThinking.without(request) : request);
                List<String> notices = new ArrayList<>(inner.stream(reduced, cancel, listener));
                notices.addAll(learn(without));
                return notices;
            } catch (ApiException e) {
                if (!forgets && PastThinking.isRefused(e)) {
                    forgets = true;
                    synchronized (this) {
                        forgetsThinking = true;
                    }
                    continue;
                }
                Feature refused =
                        account.kind() == Account.Kind.ANTHROPIC
                                ? null
                                : EndpointTraits.refused(e, without);
                if (refused == null) {
                    throw e;
                }
                without.add(refused);
            }
        }
    }

    /// @return what the user should know and does not yet
    private List<String> learn(Set<Feature> without) {
        List<Feature> found = new ArrayList<>();
        synchronized (this) {
            for (Feature each : without) {
                if (lacks.add(each)) {
                    found.add(each);
                }
            }
        }
        List<String> notices = new ArrayList<>();
        for (Feature each : found) {
            accounts.addLack(account, each.id());
            if (!each.sentence().isEmpty()) {
                notices.add(each.sentence());
            }
        }
        return notices;
    }

    @Override
    public List<ObjectNode> models(CancelScope cancel) throws ApiException {
        return inner.models(cancel);
    }

    @Override
    public void close() {
        inner.close();
    }

    /// Contains no key.
    @Override
    public String toString() {
        return "TolerantMessagesApi[" + inner + "]";
    }
}
