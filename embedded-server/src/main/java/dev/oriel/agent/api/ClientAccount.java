package dev.oriel.agent.api;

import dev.oriel.account.Account;
import dev.oriel.account.Accounts;
import dev.oriel.account.FixedAccount;
import dev.oriel.account.SecretText;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The account that a client has sent with its prompts. It is nowhere stored.
record ClientAccount(FixedAccount fixed) implements Accounts {
    @Override
    public List<Account> list() {
        return List.of(fixed.account());
    }

    @Override
    public @Nullable SecretText key(Account account) throws IOException {
        FixedAccount.SecretSource key = fixed.key();
        return key == null ? null : key.read();
    }

    @Override
    public Map<String, SecretText> secretHeaders(Account account) throws IOException {
        Map<String, SecretText> values = new HashMap<>();
        for (var header : fixed.headers().entrySet()) {
            values.put(header.getKey(), header.getValue().read());
        }
        return values;
    }

    @Override
    public void addLack(Account account, String feature) {
        // Found again with the client's next agent.
    }
}
