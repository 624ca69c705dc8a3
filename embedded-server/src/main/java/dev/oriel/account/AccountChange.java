package dev.oriel.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a client sets in an account; null leaves it as it is. Immutable.
///
/// @param key empty to remove it
/// @param headers all additional headers
/// @param defaultModel empty for the server's choice
public record AccountChange(
        @Nullable String name,
        Account.@Nullable Kind kind,
        @Nullable URI baseUrl,
        Account.@Nullable Auth auth,
        @Nullable SecretText key,
        @Nullable List<Header> headers,
        @Nullable String defaultModel,
        @Nullable Boolean makeDefault) {

    private static final int MAX_NAME = 80;
    private static final int MAX_MODEL = 200;

    public AccountChange {
        headers = headers == null ? null : List.copyOf(headers);
    }

    /// An additional header.
    ///
    /// @param value null to keep that of the account
    /// @param secret whether the value is stored with the keys
    public record Header(String name, @Nullable SecretText value, boolean secret) {}

    /// Reads the body of a request (`PROTOCOL.md`, "Accounts").
    ///
    /// @throws AccountException if a member is not valid; the message contains no secret
    public static AccountChange fromJson(ObjectNode body) throws AccountException {
        String name = text(body, "name");
        String baseUrl = text(body, "base_url");
        String key = text(body, "key");
        String model = text(body, "default_model");
        JsonNode makeDefault = body.path("default");
        if (!makeDefault.isMissingNode() && !makeDefault.isNull() && !makeDefault.isBoolean()) {
            throw AccountException.invalid("default must be true or false");
        }
        return new AccountChange(
                name == null ? null : line(name, MAX_NAME, "The name"),
                constant(body, "kind", Account.Kind.values()),
                baseUrl == null ? null : ServerUrl.parse(baseUrl),
                constant(body, "auth", Account.Auth.values()),
                key == null ? null : HeaderRules.key(key),
                headers(body.path("headers")),
                model == null || model.isBlank() ? model : line(model, MAX_MODEL, "The model"),
                makeDefault.isBoolean() ? makeDefault.booleanValue() : null);
    }

    private static @Nullable String text(ObjectNode body, String name) throws AccountException {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw AccountException.invalid(name + " must be a text");
        }
        return value.textValue();
    }

    private static String line(String text, int most, String what) throws AccountException {
        String line = text.strip();
        if (line.isEmpty()
                || line.length() > most
                || line.codePoints().anyMatch(AccountChange::isInvisible)) {
            throw AccountException.invalid(
                    what + " must be one line of 1 to " + most + " characters.");
        }
        return line;
    }

    private static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    true;
            default -> false;
        };
    }

    private static <E extends Enum<E>> @Nullable E constant(
            ObjectNode body, String name, E[] values) throws AccountException {
        String text = text(body, name);
        if (text == null) {
            return null;
        }
        for (E value : values) {
            if (wireName(value).equals(text)) {
                return value;
            }
        }
        throw AccountException.invalid(
                name
                        + " must be one of "
                        + String.join(
                                ", ", List.of(values).stream().map(v -> wireName(v)).toList()));
    }

    static String wireName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable List<Header> headers(JsonNode array) throws AccountException {
        if (array.isMissingNode() || array.isNull()) {
            return null;
        }
        if (!array.isArray() || array.size() > HeaderRules.MOST) {
            throw AccountException.invalid("headers must be a list of at most " + HeaderRules.MOST);
        }
        List<Header> headers = new ArrayList<>();
        for (JsonNode h : array) {
            String name = h.path("name").asText();
            String value = h.path("value").textValue();
            HeaderRules.checkName(name);
            if (value != null) {
                HeaderRules.checkValue(name, value.strip());
            }
            if (headers.stream().anyMatch(x -> x.name().equalsIgnoreCase(name))) {
                throw AccountException.invalid("The header %s is given twice.".formatted(name));
            }
            headers.add(
                    new Header(
                            name,
                            value == null ? null : new SecretText(value.strip()),
                            h.path("secret").asBoolean() || HeaderRules.isSecret(name)));
        }
        return headers;
    }
}
