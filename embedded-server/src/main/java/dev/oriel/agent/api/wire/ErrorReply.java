package dev.oriel.agent.api.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads what a server says about a failed request. Pure.
final class ErrorReply {
    private static final int MAX_TEXT = 500;

    private ErrorReply() {}

    static ApiException exception(int status, HttpHeaders headers, byte[] body, Instant now) {
        String type = "";
        String text = "";
        try {
            ObjectNode json = Json.parseObject(body);
            type = json.at("/error/type").asText("");
            text =
                    json.path("error").isTextual()
                            ? json.path("error").textValue()
                            : json.at("/error/message").asText(json.path("detail").asText(""));
        } catch (MalformedMessageException e) {
            // A proxy's page, for example. The status says enough.
        }
        Duration wait = retryAfter(headers, now);
        return new ApiException(
                ApiException.Kind.STATUS,
                status,
                type,
                sentence(status, text) + (wait == null ? "" : patience(wait)),
                wait,
                null);
    }

    /// For waits that are too long to wait within a turn.
    private static String patience(Duration wait) {
        if (wait.compareTo(Duration.ofMinutes(2)) <= 0) {
            return "";
        }
        long hours = wait.plusMinutes(59).toHours();
        return hours <= 1
                ? " Try again in " + wait.plusSeconds(59).toMinutes() + " minutes."
                : " Try again in " + hours + " hours.";
    }

    /// The exception for an `error` event of a stream.
    static ApiException exception(ObjectNode event) {
        String type = event.at("/error/type").asText("");
        String text = event.at("/error/message").asText("");
        int status = type.equals("overloaded_error") ? 529 : 0;
        return new ApiException(
                ApiException.Kind.STATUS,
                status,
                type,
                text.isEmpty() ? "The server ended the response with an error." : cut(text),
                null,
                null);
    }

    private static String sentence(int status, String text) {
        String known =
                switch (status) {
                    case 401 -> "The key was not accepted";
                    case 403 -> "The account may not do this";
                    case 402 -> "The account has no credit";
                    case 404 ->
                            text.toLowerCase(Locale.ROOT).contains("model")
                                    ? "The server does not know the model"
                                    : "The server does not know the address";
                    case 407 -> "The proxy asks for a login, which Oriel does not support";
                    case 408 -> "The server did not respond in time";
                    case 413 -> "The conversation is too long for the server";
                    case 429 -> "The account's limit is reached";
                    case 529 -> "The server is overloaded";
                    default ->
                            status >= 500
                                    ? "The server failed"
                                    : status / 100 == 3
                                            ? "The server redirects to another address"
                                            : "The server refused the request";
                };
        return known + " (HTTP " + status + ")" + (text.isBlank() ? "." : ": " + cut(text));
    }

    private static String cut(String text) {
        String line = text.strip();
        return line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT) + "…";
    }

    /// The wait that the server asks for. A date is compared with the server's own clock.
    static @Nullable Duration retryAfter(HttpHeaders headers, Instant now) {
        Optional<Duration> millis = number(headers, "retry-after-ms").map(Duration::ofMillis);
        if (millis.isPresent()) {
            return millis.get();
        }
        Optional<Duration> seconds = number(headers, "retry-after").map(Duration::ofSeconds);
        if (seconds.isPresent()) {
            return seconds.get();
        }
        Instant until = headers.firstValue("retry-after").map(ErrorReply::date).orElse(null);
        if (until == null) {
            return null;
        }
        Instant servers = headers.firstValue("date").map(ErrorReply::date).orElse(null);
        Duration wait = Duration.between(servers == null ? now : servers, until);
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    private static Optional<Long> number(HttpHeaders headers, String name) {
        return headers.firstValue(name)
                .map(String::strip)
                .filter(v -> v.matches("[0-9]{1,9}"))
                .map(Long::valueOf);
    }

    private static @Nullable Instant date(String text) {
        try {
            return ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
