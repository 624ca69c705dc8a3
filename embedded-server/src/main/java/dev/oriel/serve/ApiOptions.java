package dev.oriel.serve;

import dev.oriel.account.AccountException;
import dev.oriel.account.Accounts;
import dev.oriel.account.Authorities;
import dev.oriel.account.EnvironmentKeys;
import dev.oriel.account.FixedAccount;
import dev.oriel.account.KeyStore;
import dev.oriel.account.OptionAccount;
import dev.oriel.account.system.KeyStores;
import dev.oriel.agent.api.ApiSettings;
import dev.oriel.agent.api.connect.AccountConnections;
import dev.oriel.client.transport.TransportException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of the agent `api`. A key is never the value of an option, because other users can
/// see the options of a process.
final class ApiOptions {
    @Option(
            names = "--api-key-file",
            paramLabel = "FILE",
            description =
                    "For --agent api: a file that only you can read; its first line is the key."
                            + " Without it and --base-url, the key is in ANTHROPIC_API_KEY or"
                            + " ANTHROPIC_AUTH_TOKEN, or in an account that a client has added.")
    private @Nullable Path apiKeyFile;

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            description =
                    "For --agent api: a gateway or local server that speaks the Messages API. Keys"
                            + " of the environment are not sent to it.")
    private @Nullable String baseUrl;

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "For --agent api: the model of sessions whose client chooses none.")
    private @Nullable String model;

    @Option(
            names = "--api-header",
            paramLabel = "NAME:FILE",
            description =
                    "For --agent api: an additional header of its requests, with the first line of"
                            + " FILE as its value. Repeatable.")
    private List<String> apiHeaders = List.of();

    @Option(
            names = "--api-ca-file",
            paramLabel = "FILE",
            description =
                    "Certificates (PEM) of authorities that servers are trusted by besides the"
                            + " usual ones, for example of a company. Default: the file that"
                            + " NODE_EXTRA_CA_CERTS names.")
    private @Nullable Path authorities;

    @Option(
            names = "--key-store",
            paramLabel = "auto|file",
            defaultValue = "auto",
            description =
                    "Where keys of accounts are kept that clients add: auto is the key store of the"
                            + " operating system, and a file that only you can read where there is"
                            + " none (${DEFAULT-VALUE}).")
    private KeyStoreChoice keyStore = KeyStoreChoice.auto;

    @Option(
            names = "--web-fetch",
            description = "For --agent api: offers the tool WebFetch, which reads web pages.")
    private boolean webFetch;

    @Option(
            names = "--sandbox",
            paramLabel = "auto|off",
            defaultValue = "off",
            description =
                    "For --agent api: whether commands run in a sandbox of the operating system, if"
                            + " it has one (${DEFAULT-VALUE}).")
    private Sandbox sandbox = Sandbox.off;

    // The constants are the values on the command line.
    enum Sandbox {
        auto,
        off
    }

    // The constants are the values on the command line.
    enum KeyStoreChoice {
        auto,
        file
    }

    /// Trusts the authorities of the option, or of the environment.
    ///
    /// @param exception creates the exception for an invalid value from a sentence
    void trustAuthorities(
            Map<String, String> environment,
            Function<String, ? extends RuntimeException> exception) {
        try {
            Authorities.trust(authorities, environment);
        } catch (TransportException e) {
            throw exception.apply("--api-ca-file: " + e.getMessage());
        }
    }

    /// Where keys of accounts are kept. Does not block.
    KeyStore keyStore(Path dataFolder, Map<String, String> environment) {
        return keyStore == KeyStoreChoice.auto
                ? KeyStores.system(dataFolder, environment)
                : KeyStores.file(dataFolder);
    }

    /// @param mayBypass whether permissions can be bypassed
    ApiSettings settings(Accounts accounts, Path dataFolder, boolean mayBypass) {
        return new ApiSettings(
                accounts,
                new AccountConnections(),
                dataFolder,
                Path.of(System.getProperty("user.home")),
                model,
                mayBypass,
                webFetch,
                sandbox == Sandbox.auto);
    }

    /// The account that options or the environment set; null for none.
    ///
    /// @param exception creates the exception for an invalid value from a sentence
    @Nullable FixedAccount account(
            Map<String, String> environment,
            Function<String, ? extends RuntimeException> exception) {
        if (apiKeyFile == null && baseUrl == null && apiHeaders.isEmpty()) {
            FixedAccount found = EnvironmentKeys.find(environment);
            return found == null || model == null ? found : found.withModel(model);
        }
        try {
            return OptionAccount.of(apiKeyFile, baseUrl, model, headers(exception));
        } catch (AccountException e) {
            throw exception.apply("--base-url or --api-header: " + e.getMessage());
        } catch (IOException e) {
            throw exception.apply("--api-key-file or --api-header: " + e.getMessage());
        }
    }

    private Map<String, Path> headers(Function<String, ? extends RuntimeException> exception) {
        Map<String, Path> headers = new LinkedHashMap<>();
        for (String header : apiHeaders) {
            int colon = header.indexOf(':');
            if (colon <= 0 || colon == header.length() - 1) {
                throw exception.apply("--api-header must be NAME:FILE");
            }
            try {
                headers.put(
                        header.substring(0, colon).strip(),
                        Path.of(header.substring(colon + 1).strip()));
            } catch (InvalidPathException _) {
                // Without the cause: the value may be a secret instead of a file.
                throw exception.apply("--api-header must be NAME:FILE");
            }
        }
        return headers;
    }
}
