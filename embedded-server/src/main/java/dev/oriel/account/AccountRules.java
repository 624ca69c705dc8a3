package dev.oriel.account;

import java.net.URI;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes accounts from what clients set.
final class AccountRules {
    private static final int SLUG_LENGTH = 30;
    private static final SecureRandom RANDOM = new SecureRandom();

    private AccountRules() {}

    /// @param others accounts that exist
    static Account create(AccountChange change, List<Account> others) throws AccountException {
        Account draft = draft(change);
        String name = change.name() == null ? freeName(draft.name(), others) : draft.name();
        return draft.withId(id(name, others), name);
    }

    /// An account that is not stored, for example to try it.
    static Account draft(AccountChange change) throws AccountException {
        Account.Kind kind = change.kind();
        if (kind == null) {
            throw AccountException.invalid("kind must be one of anthropic, gateway, local");
        }
        URI baseUrl = change.baseUrl();
        if (baseUrl == null) {
            if (kind != Account.Kind.ANTHROPIC) {
                throw AccountException.invalid("Enter the address of the server.");
            }
            baseUrl = ServerUrl.ANTHROPIC;
        }
        boolean hasKey = change.key() != null && !change.key().reveal().isEmpty();
        Account.Auth auth = change.auth();
        if (auth == null) {
            auth = usualAuth(kind, hasKey);
        }
        if (!hasKey && kind == Account.Kind.ANTHROPIC) {
            throw AccountException.invalid("Enter the key.");
        }
        String model = change.defaultModel();
        return new Account(
                "new",
                change.name() == null ? usualName(kind, baseUrl) : change.name(),
                kind,
                baseUrl,
                auth,
                headers(Map.of(), change.headers()),
                model == null || model.isBlank() ? null : model,
                List.of());
    }

    private static Account.Auth usualAuth(Account.Kind kind, boolean hasKey) {
        return switch (kind) {
            case ANTHROPIC -> Account.Auth.API_KEY;
            case GATEWAY -> hasKey ? Account.Auth.API_KEY : Account.Auth.NONE;
            case LOCAL -> hasKey ? Account.Auth.BEARER : Account.Auth.NONE;
        };
    }

    private static String usualName(Account.Kind kind, URI baseUrl) {
        return kind == Account.Kind.ANTHROPIC && ServerUrl.isAnthropic(baseUrl)
                ? "Anthropic"
                : baseUrl.getAuthority();
    }

    private static String freeName(String name, List<Account> others) {
        String free = name;
        for (int n = 2; isTaken(free, others); n++) {
            free = name + " " + n;
        }
        return free;
    }

    private static boolean isTaken(String name, List<Account> others) {
        return others.stream().anyMatch(a -> a.name().equals(name));
    }

    /// With a random part, so that a session never continues with another account that happens to
    /// have the name of one that was removed.
    private static String id(String name, List<Account> others) {
        String slug =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        slug = slug.substring(0, Math.min(slug.length(), SLUG_LENGTH));
        while (true) {
            String id =
                    (slug.isEmpty() ? "account" : slug)
                            + "-"
                            + String.format(Locale.ROOT, "%06x", RANDOM.nextInt(1 << 24));
            if (others.stream().noneMatch(a -> a.id().equals(id))) {
                return id;
            }
        }
    }

    /// @throws AccountException also if stored secrets would be sent to another server: whoever
    ///   changes the address must know them
    static Account changed(Account before, AccountChange change) throws AccountException {
        if (change.kind() != null && change.kind() != before.kind()) {
            throw AccountException.invalid("kind cannot be changed");
        }
        URI baseUrl = change.baseUrl() == null ? before.baseUrl() : change.baseUrl();
        if (!ServerUrl.isSameServer(before.baseUrl(), baseUrl)) {
            checkSecretsAreGiven(before, change);
        }
        Account.Auth auth = change.auth() == null ? before.auth() : change.auth();
        if (change.auth() == null && auth == Account.Auth.NONE && hasText(change.key())) {
            auth = usualAuth(before.kind(), true);
        }
        String model = change.defaultModel();
        return new Account(
                before.id(),
                change.name() == null ? before.name() : change.name(),
                before.kind(),
                baseUrl,
                auth,
                headers(before.headers(), change.headers()),
                model == null ? before.defaultModel() : model.isBlank() ? null : model,
                baseUrl.equals(before.baseUrl()) ? before.lacks() : List.of());
    }

    private static boolean hasText(@Nullable SecretText key) {
        return key != null && !key.reveal().isEmpty();
    }

    private static void checkSecretsAreGiven(Account before, AccountChange change)
            throws AccountException {
        if (before.auth() != Account.Auth.NONE && change.key() == null) {
            throw AccountException.invalid(
                    "Enter the key again, because it would be sent to another server.");
        }
        for (Map.Entry<String, @Nullable String> header : before.headers().entrySet()) {
            boolean given =
                    change.headers() != null
                            && change.headers().stream()
                                    .noneMatch(h ->
                                            h.name().equalsIgnoreCase(header.getKey())
                                                    && h.value() == null);
            if (header.getValue() == null && !given) {
                throw AccountException.invalid(
                        "Enter the header %s again, because it would be sent to another server."
                                .formatted(header.getKey()));
            }
        }
    }

    /// @param now null for those of before
    private static Map<String, @Nullable String> headers(
            Map<String, @Nullable String> before, @Nullable List<AccountChange.Header> now)
            throws AccountException {
        if (now == null) {
            return before;
        }
        Map<String, @Nullable String> headers = new LinkedHashMap<>();
        for (AccountChange.Header header : now) {
            if (header.value() != null) {
                headers.put(header.name(), header.secret() ? null : header.value().reveal());
                continue;
            }
            String known =
                    before.keySet().stream()
                            .filter(header.name()::equalsIgnoreCase)
                            .findFirst()
                            .orElse(null);
            if (known == null) {
                throw AccountException.invalid(
                        "The header %s has no value.".formatted(header.name()));
            }
            headers.put(known, before.get(known));
        }
        return headers;
    }

    static void checkOnlyDefault(AccountChange change) throws AccountException {
        boolean others =
                change.name() != null
                        || change.kind() != null
                        || change.baseUrl() != null
                        || change.auth() != null
                        || change.key() != null
                        || change.headers() != null
                        || change.defaultModel() != null;
        if (others) {
            throw readOnly();
        }
    }

    static AccountException readOnly() {
        return new AccountException(
                AccountException.Reason.READ_ONLY,
                "This account is set in the environment or by options of the server, and can only"
                        + " be changed there.");
    }
}
