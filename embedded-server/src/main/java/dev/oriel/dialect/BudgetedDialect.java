package dev.oriel.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// A dialect whose clients share a [SendBudget] with the clients of all other dialects.
///
/// @param inner the dialect to delegate to
/// @param budget shared by all dialects of a server
public record BudgetedDialect(Dialect inner, SendBudget budget) implements Dialect {
    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public boolean handles(String path) {
        return inner.handles(path);
    }

    @Override
    public DialectConnection connect(UpgradeRequest upgrade, Peer peer) {
        return inner.connect(upgrade, budget.share(peer));
    }

    @Override
    public @Nullable HttpReply reply(HttpCall call) throws InterruptedException {
        HttpReply reply = inner.reply(call);
        HttpReply.BodyStream opening = reply == null ? null : reply.bodyStream();
        return reply == null || opening == null
                ? reply
                : reply.withBodyStream(peer -> opening.open(budget.share(peer)));
    }

    @Override
    public void addHealth(ObjectNode body) {
        inner.addHealth(body);
    }
}
