package dev.oriel.agent.api.connect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.account.Account;
import dev.oriel.account.Accounts;
import dev.oriel.account.Redaction;
import dev.oriel.account.SecretText;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.wire.ApiException;
import dev.oriel.agent.api.wire.ApiRequest;
import dev.oriel.agent.api.wire.MessagesApi;
import dev.oriel.agent.api.wire.MessagesApiFactory;
import dev.oriel.agent.api.wire.SdkMessagesApi;
import dev.oriel.agent.api.wire.TolerantMessagesApi;
import dev.oriel.message.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Opens connections with the keys of accounts. Some servers quote the key that they refuse: what
/// they say about errors is passed on without the account's secrets, and without what looks like a
/// key. Thread-safe.
public final class AccountConnections implements MessagesApiFactory {
    @Override
    public MessagesApi open(Account account, Accounts accounts) throws IOException {
        SecretText key = accounts.key(account);
        Map<String, SecretText> headers = accounts.secretHeaders(account);
        List<SecretText> secrets = new ArrayList<>(headers.values());
        if (key != null) {
            secrets.add(key);
        }
        MessagesApi api = new Redacted(new SdkMessagesApi(account, key, headers), secrets);
        return new TolerantMessagesApi(api, account, accounts);
    }

    private record Redacted(MessagesApi inner, List<SecretText> secrets) implements MessagesApi {
        @Override
        public List<String> stream(ApiRequest request, CancelScope cancel, StreamListener listener)
                throws ApiException {
            try {
                return inner.stream(request, cancel, new RedactedListener(listener, secrets));
            } catch (ApiException e) {
                throw redacted(e);
            }
        }

        @Override
        public List<ObjectNode> models(CancelScope cancel) throws ApiException {
            try {
                return inner.models(cancel);
            } catch (ApiException e) {
                throw redacted(e);
            }
        }

        private ApiException redacted(ApiException e) {
            return new ApiException(
                    e.kind(),
                    e.status(),
                    Redaction.redact(e.errorType(), secrets),
                    Redaction.redact(String.valueOf(e.getMessage()), secrets),
                    e.retryAfter(),
                    e.getCause());
        }

        @Override
        public void close() {
            inner.close();
        }

        /// Contains no secret.
        @Override
        public String toString() {
            return "Redacted[" + inner + "]";
        }
    }

    private record RedactedListener(MessagesApi.StreamListener inner, List<SecretText> secrets)
            implements MessagesApi.StreamListener {
        @Override
        public void onResponse(String requestId) {
            inner.onResponse(requestId);
        }

        /// Only an error can quote a key: the model does not know it.
        @Override
        public void onEvents(List<MessagesApi.SseEvent> events) {
            inner.onEvents(
                    events.stream().anyMatch(e -> e.type().equals("error"))
                            ? events.stream().map(this::redacted).toList()
                            : events);
        }

        private MessagesApi.SseEvent redacted(MessagesApi.SseEvent event) {
            if (!event.type().equals("error")) {
                return event;
            }
            String json =
                    Redaction.redact(new String(event.json(), StandardCharsets.UTF_8), secrets);
            return new MessagesApi.SseEvent(
                    event.type(), json.getBytes(StandardCharsets.UTF_8), Json.parseStored(json));
        }
    }
}
