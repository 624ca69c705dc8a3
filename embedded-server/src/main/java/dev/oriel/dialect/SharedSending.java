package dev.oriel.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// A dialect whose clients share what may wait to be sent with those of all other dialects.
///
/// @param inner does the rest
/// @param budget shared by all dialects of a server
public record SharedSending(Dialect inner, SendBudget budget) implements Dialect {
    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public boolean speaks(String path) {
        return inner.speaks(path);
    }

    @Override
    public DialectConnection connect(Upgrade upgrade, Peer peer) {
        return inner.connect(upgrade, budget.share(peer));
    }

    @Override
    public @Nullable HttpReply answer(HttpCall call) throws InterruptedException {
        HttpReply reply = inner.answer(call);
        HttpReply.Opening opening = reply == null ? null : reply.opening();
        return reply == null || opening == null
                ? reply
                : reply.opening(peer -> opening.open(budget.share(peer)));
    }

    @Override
    public void addHealth(ObjectNode body) {
        inner.addHealth(body);
    }
}
