package dev.oriel.account;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An account that is set outside of Oriel's own files: in the environment, or by options.
///
/// @param key null if it has none
/// @param headers where the values of its secret headers are, by name
/// @param first whether it is the default account, whatever the user has chosen
public record FixedAccount(
        Account account,
        @Nullable SecretSource key,
        Map<String, SecretSource> headers,
        boolean first) {

    /// The id of the account that the environment or options set.
    public static final String ID = "environment";

    public FixedAccount {
        headers = Map.copyOf(headers);
    }

    /// A copy with another default model.
    public FixedAccount withModel(String model) {
        return new FixedAccount(account.withDefaultModel(model), key, headers, first);
    }

    /// Where a secret is. Read whenever it is needed.
    public interface SecretSource {
        /// @return null if there is none
        /// @throws IOException if it cannot be read; the message is for the user
        @Nullable SecretText read() throws IOException;
    }
}
