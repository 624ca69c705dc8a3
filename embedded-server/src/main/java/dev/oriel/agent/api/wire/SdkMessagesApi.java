package dev.oriel.agent.api.wire;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.AnthropicClientImpl;
import com.anthropic.core.ClientOptions;
import com.anthropic.core.http.HttpResponse;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.MessageParam;
import com.anthropic.models.models.ModelListParams;
import com.anthropic.services.blocking.MessageService;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.account.Account;
import dev.oriel.account.AccountHttp;
import dev.oriel.account.SecretText;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The Messages API with the SDK. The SDK makes addresses and headers; bodies are encoded and
/// events are read here, so that what this version of the SDK does not know is kept byte for byte.
/// Follows no redirects, since they would take the key along.
public final class SdkMessagesApi implements MessagesApi {
    private static final Duration RESPONSE_LIMIT = Duration.ofMinutes(10);
    private static final Duration LIST_LIMIT = Duration.ofSeconds(20);
    private static final Duration STALL_LIMIT = Duration.ofSeconds(90);
    private static final String API_VERSION = "2023-06-01";
    private static final int MAX_LIST = 8 << 20;
    private static final int MODELS = 1000;

    private static final String INTERLEAVED = "interleaved-thinking-2025-05-14";

    private final AnthropicClient client;
    private final boolean mayUseBetas;
    private final MessageService.WithRawResponse messages;
    private final String host;
    private final LongSupplier nanos;
    private final StallGuard.Alarm alarm;

    /// @param key null for none
    /// @param secretHeaders values of the account's secret headers
    public SdkMessagesApi(
            Account account, @Nullable SecretText key, Map<String, SecretText> secretHeaders) {
        this(
                account,
                key,
                secretHeaders,
                AccountHttp.client(
                        account.baseUrl(),
                        task -> Thread.ofVirtual().name("oriel-api-http").start(task)),
                System::nanoTime,
                StallGuard.Alarm.REAL);
    }

    /// @param http is closed with this object
    /// @param nanos the time, as [System#nanoTime]
    /// @param alarm looks after streams that stop
    SdkMessagesApi(
            Account account,
            @Nullable SecretText key,
            Map<String, SecretText> secretHeaders,
            HttpClient http,
            LongSupplier nanos,
            StallGuard.Alarm alarm) {
        this.host = host(account.baseUrl());
        // Other servers may refuse what they do not know; a header of the account's own wins.
        this.mayUseBetas =
                account.kind() == Account.Kind.ANTHROPIC
                        && account.headers().keySet().stream()
                                .noneMatch("anthropic-beta"::equalsIgnoreCase);
        this.nanos = nanos;
        this.alarm = alarm;
        ClientOptions.Builder options =
                ClientOptions.builder()
                        .baseUrl(account.baseUrl().toString().replaceFirst("/+$", ""))
                        .maxRetries(0)
                        // It is made for an older Jackson, and works with ours: TrimmedSdkTest.
                        .checkJacksonVersionCompatibility(false)
                        // The SDK's own knows Kotlin, which takes 40 MB and 700 ms.
                        .jsonMapper(
                                JsonMapper.builder()
                                        .defaultPropertyInclusion(
                                                JsonInclude.Value.construct(
                                                        JsonInclude.Include.NON_ABSENT,
                                                        JsonInclude.Include.NON_ABSENT))
                                        .build())
                        .httpClient(new SdkTransport(http, host));
        headers(account, key, secretHeaders).forEach(options::replaceHeaders);
        this.client = new AnthropicClientImpl(options.build());
        this.messages = client.messages().withRawResponse();
        params("none", 1, ""); // its classes load here, in the background
    }

    private static Map<String, String> headers(
            Account account, @Nullable SecretText key, Map<String, SecretText> secretHeaders) {
        Map<String, String> headers = new LinkedHashMap<>();
        // Bodies and events are made and read here, and follow this version; the SDK's may be
        // newer.
        headers.put("anthropic-version", API_VERSION);
        account.headers()
                .forEach((name, value) -> {
                    if (value != null) {
                        headers.put(name, value);
                    }
                });
        secretHeaders.forEach((name, value) -> headers.put(name, value.reveal()));
        if (key != null) {
            switch (account.auth()) {
                case API_KEY -> headers.put("x-api-key", key.reveal());
                case BEARER -> headers.put("authorization", "Bearer " + key.reveal());
                case NONE -> {
                    // Nothing is sent.
                }
            }
        }
        return headers;
    }

    private static String host(URI baseUrl) {
        String authority = baseUrl.getRawAuthority();
        return authority == null ? "the server" : authority.replaceFirst("^.*@", "");
    }

    @Override
    @SuppressWarnings("MustBeClosedChecker") // the checker does not see that `call` passes it on
    public List<String> stream(ApiRequest request, CancelScope cancel, StreamListener listener)
            throws ApiException {
        cancel.check();
        MessageCreateParams params = params(request.model(), request.maxTokens(), betas(request));
        ApiCall call = new ApiCall(RequestBody.encode(request, ""), cancel, RESPONSE_LIMIT);
        try (HttpResponse response = call(call, () -> messages.createStreaming(params));
                CancelScope.Registration _ = cancel.onCancel(response::close)) {
            String type = header(response, "content-type");
            if (!type.startsWith("text/event-stream")) {
                throw ConnectionFailure.malformed(
                        host
                                + (type.startsWith("text/html")
                                        ? " sent a web page instead of a response of the Messages"
                                                + " API. Check the account's address."
                                        : " sent no response of the Messages API."),
                        null);
            }
            listener.onResponse(header(response, "request-id"));
            read(response.body(), cancel, listener);
        }
        cancel.check();
        return List.of();
    }

    /// The body replaces this; the SDK reads the model and the limit for its warnings.
    ///
    /// @param betas the `anthropic-beta` header; empty for none
    private static MessageCreateParams params(String model, int maxTokens, String betas) {
        MessageCreateParams.Builder params =
                MessageCreateParams.builder()
                        .model(model)
                        .maxTokens(maxTokens)
                        .messages(List.<MessageParam>of());
        return (betas.isEmpty() ? params : params.putAdditionalHeader("anthropic-beta", betas))
                .build();
    }

    /// Models with a budget think only before the first of their tool calls, unless they are asked
    /// to go on.
    private String betas(ApiRequest request) {
        ObjectNode thinking = request.thinking();
        return mayUseBetas && thinking != null && thinking.path("type").asText().equals("enabled")
                ? INTERLEAVED
                : "";
    }

    private void read(InputStream body, CancelScope cancel, StreamListener listener)
            throws ApiException {
        SseReader reader = new SseReader();
        byte[] buffer = new byte[16 << 10];
        String last = "";
        try (StallGuard guard = new StallGuard(body, STALL_LIMIT, nanos, alarm)) {
            while (true) {
                int n;
                try {
                    n = body.read(buffer);
                } catch (IOException e) {
                    cancel.check();
                    throw guard.stalled()
                            ? ConnectionFailure.stalled(host, e)
                            : ConnectionFailure.exception(host, e);
                }
                if (n < 0) {
                    break;
                }
                guard.arrived();
                last = pass(reader.read(buffer, 0, n), last, listener);
                // A listener that waits is not the server's fault.
                guard.arrived();
            }
        } catch (MalformedMessageException e) {
            throw ConnectionFailure.malformed(host + " sent an event that cannot be read.", e);
        }
        cancel.check();
        // Some servers end with the event before it.
        if (!last.equals("message_stop") && !last.equals("message_delta")) {
            throw ConnectionFailure.cut(host);
        }
    }

    /// @return the type of the last event
    private static String pass(List<SseEvent> events, String last, StreamListener listener)
            throws MalformedMessageException, ApiException {
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).type().equals("error")) {
                if (i > 0) {
                    listener.onEvents(events.subList(0, i));
                }
                throw ErrorReply.exception(Json.parseObject(events.get(i).json()));
            }
        }
        if (events.isEmpty()) {
            return last;
        }
        listener.onEvents(events);
        return events.reversed().stream()
                .map(SseEvent::type)
                .filter(t -> !t.equals("ping"))
                .findFirst()
                .orElse(last);
    }

    @Override
    @SuppressWarnings("MustBeClosedChecker") // the checker does not see that `call` passes it on
    public List<ObjectNode> models(CancelScope cancel) throws ApiException {
        cancel.check();
        ModelListParams params = ModelListParams.builder().limit(MODELS).build();
        ApiCall call = new ApiCall(new byte[0], cancel, LIST_LIMIT);
        try (HttpResponse response =
                        call(call, () -> client.models().withRawResponse().list(params));
                CancelScope.Registration _ = cancel.onCancel(response::close)) {
            List<ObjectNode> models = new ArrayList<>();
            for (JsonNode model :
                    Json.parseObject(response.body().readNBytes(MAX_LIST)).path("data")) {
                if (model instanceof ObjectNode object && object.path("id").isTextual()) {
                    models.add(object);
                }
            }
            return models;
        } catch (MalformedMessageException e) {
            throw ConnectionFailure.malformed(host + " sent no list of models.", e);
        } catch (IOException e) {
            cancel.check();
            throw ConnectionFailure.exception(host, e);
        }
    }

    private static HttpResponse call(
            ApiCall call, ScopedValue.CallableOp<? extends HttpResponse, RuntimeException> request)
            throws ApiException {
        try {
            return ScopedValue.where(ApiCall.CURRENT, call).call(request);
        } catch (ApiFailure e) {
            throw e.failure();
        }
    }

    private static String header(HttpResponse response, String name) {
        List<String> values = response.headers().values(name);
        return values.isEmpty() ? "" : values.getFirst();
    }

    @Override
    public void close() {
        client.close();
    }

    /// Contains no key.
    @Override
    public String toString() {
        return "SdkMessagesApi[" + host + "]";
    }
}
