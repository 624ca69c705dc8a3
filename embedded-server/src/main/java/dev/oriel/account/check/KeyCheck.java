package dev.oriel.account.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.account.Account;
import dev.oriel.account.AccountChange;
import dev.oriel.account.AccountException;
import dev.oriel.account.AccountHttp;
import dev.oriel.account.Redaction;
import dev.oriel.account.SecretText;
import dev.oriel.account.StoredAccounts;
import dev.oriel.account.check.CheckRequests.Reply;
import dev.oriel.account.check.CheckResult.Model;
import dev.oriel.account.check.CheckResult.Verdict;
import dev.oriel.client.transport.Transport;
import dev.oriel.message.Json;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Tries an account: lists its models and requests one token of the smallest one. Blocks for up to
/// 20 seconds if the server is slow. One object for each check.
public final class KeyCheck {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int MAX_TEXT = 300;
    private static final int MAX_MODELS = 1_000;

    private final Account account;
    private final Map<String, SecretText> secrets;
    private final Duration timeout;
    private final Transport transport;
    private final List<Model> models = new ArrayList<>();
    private final List<String> lacks = new ArrayList<>();

    /// @param key null for none
    /// @param secretHeaders by name
    /// @param timeout of the whole check
    KeyCheck(
            Account account,
            @Nullable SecretText key,
            Map<String, SecretText> secretHeaders,
            Duration timeout,
            Transport transport) {
        this.transport = transport;
        this.account = account;
        this.timeout = timeout;
        this.secrets = new LinkedHashMap<>(secretHeaders);
        if (key != null && !key.reveal().isEmpty()) {
            switch (account.auth()) {
                case API_KEY -> secrets.put("x-api-key", key);
                case BEARER ->
                        secrets.put("authorization", new SecretText("Bearer " + key.reveal()));
                case NONE -> {
                    // Not sent.
                }
            }
        }
    }

    /// Tries what a client has entered, before it is stored.
    ///
    /// @param id the account that has the members which are missing; null for none
    /// @throws AccountException if the account is not possible so
    /// @throws IOException if the key store cannot be read; the message is for the user
    public static CheckResult of(StoredAccounts accounts, @Nullable String id, AccountChange change)
            throws AccountException, IOException, InterruptedException {
        Account account = accounts.preview(id, change);
        Account known = id == null ? null : accounts.find(id);
        Map<String, SecretText> headers = new LinkedHashMap<>();
        for (AccountChange.Header header :
                change.headers() == null ? List.<AccountChange.Header>of() : change.headers()) {
            if (header.value() != null && header.secret()) {
                headers.put(header.name(), header.value());
            }
        }
        if (known != null) {
            accounts.secretHeaders(known)
                    .forEach((name, value) -> {
                        if (account.headers().containsKey(name)) {
                            headers.putIfAbsent(name, value);
                        }
                    });
        }
        SecretText key = change.key();
        if (key == null && known != null) {
            key = accounts.key(known);
        }
        return new KeyCheck(
                        account, key, headers, TIMEOUT, AccountHttp.transport(account.baseUrl()))
                .run();
    }

    /// Sends the requests.
    CheckResult run() throws InterruptedException {
        try (CheckRequests requests = new CheckRequests(account, secrets, timeout, transport)) {
            CheckResult refused = listModels(requests);
            return refused == null ? tryMessage(requests) : refused;
        } catch (IOException e) {
            return failure(e);
        }
    }

    /// @return null if the check goes on
    private @Nullable CheckResult listModels(CheckRequests requests)
            throws IOException, InterruptedException {
        Reply reply = requests.get("/v1/models?limit=1000");
        CheckResult refused = refusal(reply);
        if (refused != null) {
            return refused;
        }
        if (!reply.isOk() || !reply.json().path("data").isArray()) {
            lacks.add("model_list");
            return null;
        }
        for (JsonNode m : reply.json().path("data")) {
            String id = m.path("id").asText("");
            if (!id.isEmpty() && models.size() < MAX_MODELS) {
                models.add(new Model(id, m.path("display_name").asText(id)));
            }
        }
        return models.isEmpty() && account.defaultModel() == null
                ? result(Verdict.NO_MODELS, noModels())
                : null;
    }

    private String noModels() {
        return account.kind() == Account.Kind.LOCAL
                ? "The server answers but has no model. Download one with it first."
                : "The server answers but offers no model.";
    }

    /// Failures that mean the same for every request.
    private @Nullable CheckResult refusal(Reply reply) {
        String says = says(reply);
        return switch (reply.status()) {
            case 401 ->
                    result(
                            Verdict.BAD_KEY,
                            account.auth() == Account.Auth.NONE
                                    ? "The server requires a key."
                                    : "The server does not accept the key." + says);
            case 403 -> result(Verdict.BAD_KEY, "The server denies access with this key." + says);
            case 402 -> result(Verdict.NO_CREDIT, noCredit());
            case 407 -> result(Verdict.PROXY, "The proxy requires a login.");
            default -> isAboutCredit(reply) ? result(Verdict.NO_CREDIT, noCredit()) : null;
        };
    }

    private static boolean isAboutCredit(Reply reply) {
        String text = reply.errorText().toLowerCase(Locale.ROOT);
        return !reply.isOk()
                && (reply.errorType().equals("billing_error")
                        || text.contains("credit balance")
                        || text.contains("insufficient_quota"));
    }

    private String noCredit() {
        return account.kind() == Account.Kind.ANTHROPIC
                ? "The key is right, but its credit is used up. Add credit in the Anthropic"
                        + " Console."
                : "The key is right, but its credit is used up.";
    }

    private CheckResult tryMessage(CheckRequests requests)
            throws IOException, InterruptedException {
        String model = model();
        Reply reply;
        try {
            reply = send(requests, model);
        } catch (HttpTimeoutException e) {
            if (account.kind() == Account.Kind.LOCAL && !models.isEmpty()) {
                return result(
                        Verdict.OK, "The server is there, but slow: it may be loading a model.");
            }
            throw e;
        }
        CheckResult refused = refusal(reply);
        if (refused != null) {
            return refused;
        }
        if (reply.isOk()) {
            if (!reply.json().path("content").isArray()) {
                return result(Verdict.NOT_MESSAGES_API, notMessagesApi());
            }
            countTokens(requests, model);
            return result(Verdict.OK, "It works.");
        }
        return judge(reply, model);
    }

    private Reply send(CheckRequests requests, String model)
            throws IOException, InterruptedException {
        ObjectNode body = Json.object().put("model", model).put("max_tokens", 1);
        body.putArray("messages").addObject().put("role", "user").put("content", "Hi");
        if (account.kind() == Account.Kind.ANTHROPIC) {
            return requests.post("/v1/messages", body);
        }
        ObjectNode withTool = body.deepCopy();
        ObjectNode tool = withTool.putArray("tools").addObject();
        tool.put("name", "noop").put("description", "Does nothing.");
        tool.putObject("input_schema").put("type", "object").putObject("properties");
        Reply reply = requests.post("/v1/messages", withTool);
        boolean refusesTools =
                (reply.status() == 400 || reply.status() == 500 || reply.status() == 422)
                        && reply.errorText().toLowerCase(Locale.ROOT).contains("tool");
        if (!refusesTools) {
            return reply;
        }
        lacks.add("tools");
        return requests.post("/v1/messages", body);
    }

    /// A status that is neither success nor refusal.
    private CheckResult judge(Reply reply, String model) {
        boolean knowsKey = !models.isEmpty();
        return switch (reply.status()) {
            case 429 ->
                    result(
                            Verdict.OK,
                            "It works, but the server limits requests at the moment."
                                    + says(reply));
            case 404 ->
                    reply.isApiError()
                            ? result(
                                    Verdict.NO_MODELS,
                                    "The server does not know the model %s.".formatted(model))
                            : result(Verdict.NOT_MESSAGES_API, notMessagesApi());
            case 400, 422 ->
                    result(
                            reply.isApiError() || knowsKey
                                    ? Verdict.NO_MODELS
                                    : Verdict.NOT_MESSAGES_API,
                            "The server refuses a request to the model %s.".formatted(model)
                                    + says(reply));
            default ->
                    reply.status() >= 500
                            ? result(
                                    knowsKey ? Verdict.OK : Verdict.UNREACHABLE,
                                    "The server has a problem at the moment (status %d)."
                                                    .formatted(reply.status())
                                            + says(reply))
                            : result(Verdict.NOT_MESSAGES_API, notMessagesApi());
        };
    }

    private String notMessagesApi() {
        return account.kind() == Account.Kind.LOCAL
                ? "The server does not speak the Messages API. Newer versions do: Ollama since"
                        + " 0.14, LM Studio since 0.4.1."
                : "The server at this address does not speak the Messages API.";
    }

    /// Local servers often lack it; it is not worth a failure.
    private void countTokens(CheckRequests requests, String model) throws InterruptedException {
        if (account.kind() == Account.Kind.ANTHROPIC) {
            return;
        }
        ObjectNode body = Json.object().put("model", model);
        body.putArray("messages").addObject().put("role", "user").put("content", "Hi");
        try {
            if (!requests.post("/v1/messages/count_tokens", body).json().has("input_tokens")) {
                lacks.add("token_count");
            }
        } catch (IOException _) {
            lacks.add("token_count");
        }
    }

    /// The model that is cheapest to try.
    private String model() {
        String wanted = account.defaultModel();
        if (wanted != null) {
            return wanted;
        }
        return models.stream()
                .map(Model::id)
                .filter(id -> id.contains("haiku"))
                .findFirst()
                .orElseGet(() -> models.isEmpty() ? "claude-haiku-4-5" : models.getFirst().id());
    }

    private String says(Reply reply) {
        String text =
                Redaction.redact(reply.errorText(), secrets.values())
                        .replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ")
                        .strip();
        if (text.isEmpty()) {
            return "";
        }
        return " It says: “"
                + (text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "…" : text)
                + "”";
    }

    private CheckResult failure(IOException e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof SSLException) {
                return result(
                        Verdict.TLS,
                        "The certificate of %s is not trusted on this computer."
                                .formatted(account.baseUrl().getHost()));
            }
            String message = String.valueOf(t.getMessage()).toLowerCase(Locale.ROOT);
            if (message.contains("tunnel failed") || message.contains("proxy auth")) {
                return result(Verdict.PROXY, "The proxy refuses the connection.");
            }
        }
        String host = account.baseUrl().getAuthority();
        return result(
                Verdict.UNREACHABLE,
                e instanceof HttpTimeoutException
                        ? "%s does not answer.".formatted(host)
                        : "There is no connection to %s.".formatted(host)
                                + (account.kind() == Account.Kind.LOCAL
                                        ? " Is the server running?"
                                        : ""));
    }

    private CheckResult result(Verdict verdict, String text) {
        return new CheckResult(verdict, text, models, lacks);
    }
}
