package dev.oriel.account;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One account that is stored nowhere.
final class SingleAccount implements Accounts {
    private final FixedAccount fixed;
    private volatile Account account; // with what its server lacks

    SingleAccount(FixedAccount fixed) {
        this.fixed = fixed;
        this.account = fixed.account();
    }

    @Override
    public List<Account> list() {
        return List.of(account);
    }

    @Override
    public @Nullable SecretText key(Account of) throws IOException {
        FixedAccount.SecretSource source = fixed.key();
        return source == null ? null : source.read();
    }

    @Override
    public Map<String, SecretText> secretHeaders(Account of) throws IOException {
        Map<String, SecretText> secrets = new LinkedHashMap<>();
        for (Map.Entry<String, FixedAccount.SecretSource> header : fixed.headers().entrySet()) {
            SecretText value = header.getValue().read();
            if (value != null) {
                secrets.put(header.getKey(), value);
            }
        }
        return secrets;
    }

    @Override
    public synchronized void addLack(Account of, String feature) {
        if (!account.lacks().contains(feature)) {
            List<String> lacks = new ArrayList<>(account.lacks());
            lacks.add(feature);
            account = account.withLacks(lacks);
        }
    }
}
