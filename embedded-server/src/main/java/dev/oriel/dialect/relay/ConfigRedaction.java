package dev.oriel.dialect.relay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.oriel.message.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Removes keys from a configuration before it is returned. A key is recognized by the name of its
/// member, by its location (`env` and `headers` contain little else), or by its form.
///
/// Members whose names indicate a key are omitted: a client that posts what it has read must not
/// post a mask as a key. Elsewhere a mask replaces the key.
final class ConfigRedaction {
    private static final String MASK = "***";

    /// Parts of names, in lower case and without separators.
    private static final List<String> SECRET_NAME_PARTS =
            List.of(
                    "apikey",
                    "secret",
                    "password",
                    "passwd",
                    "passphrase",
                    "authorization",
                    "credential",
                    "cookie",
                    "privatekey",
                    "accesskey",
                    "bearer");

    private static final Set<String> SECRET_NAMES = Set.of("auth", "pwd", "pass", "pat", "jwt");

    /// Members whose values are nearly all secret.
    private static final Set<String> SECRET_PARENTS = Set.of("env", "headers");

    private static final String SECRET_NAME =
            "[\\w.-]{0,40}(?:key|token|secret|passwd|password|passphrase|credentials?|auth|signature|sig)";

    private static final Pattern OPTION = Pattern.compile("(?i)--?" + SECRET_NAME);

    /// The first group of each pattern is kept.
    private static final List<Pattern> SECRET_PATTERNS =
            List.of(
                    // In headers, options, variables, and queries of URLs.
                    Pattern.compile(
                            "(?i)(\\b(?:proxy-)?authorization\\s*[:=]\\s*(?:\\w+\\s+)?)[^\\s\"',]+"),
                    Pattern.compile("(?i)(\\b(?:bearer|basic)\\s+)[\\w.~+/=-]{6,}"),
                    Pattern.compile("(?i)(\\b" + SECRET_NAME + "\\s*[=:]\\s*)[^\\s&\"',;]+"),
                    Pattern.compile("(://[^\\s/:@]*:)[^\\s/@]+(?=@)"),
                    // Prefixes that are used by issuers of keys.
                    Pattern.compile("()\\b(?:sk|pk|rk)[-_][\\w-]{8,}"),
                    Pattern.compile(
                            "()\\b(?:gh[a-z]|github_pat|glpat|npm|hf|e2b|xox[a-z])[-_][\\w-]{8,}"),
                    Pattern.compile("()\\b(?:AKIA|ASIA)[A-Z0-9]{12,}"),
                    Pattern.compile("()\\bAIza[\\w-]{20,}"),
                    Pattern.compile("()\\beyJ[\\w-]{1,4000}\\.[\\w-]+\\.[\\w-]*"),
                    Pattern.compile(
                            "()-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(?:-----END [A-Z ]*-----)?"));

    private ConfigRedaction() {}

    /// A copy without keys.
    static JsonNode redact(JsonNode config) {
        return switch (config) {
            case ObjectNode object -> members(object);
            case ArrayNode array -> elements(array);
            case TextNode text -> TextNode.valueOf(maskText(text.textValue()));
            default -> config;
        };
    }

    private static ObjectNode members(ObjectNode object) {
        ObjectNode redacted = Json.object();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            JsonNode value = member.getValue();
            String name = member.getKey().toLowerCase(Locale.ROOT);
            if (!isSecret(name, value)) {
                // A member's name can be a key too, for example in a map from keys to owners.
                redacted.set(
                        maskText(member.getKey()),
                        SECRET_PARENTS.contains(name) ? mask(value) : redact(value));
            }
        }
        return redacted;
    }

    /// @param name in lower case
    private static boolean isSecret(String name, JsonNode value) {
        if (value.isNull()) {
            return false;
        }
        String letters = name.replaceAll("[^a-z0-9]", "");
        if (SECRET_NAME_PARTS.stream().anyMatch(letters::contains)
                || SECRET_NAMES.contains(letters)) {
            return true;
        }
        // `maxThinkingTokens` is a number, and `keys` can be a list of names.
        boolean isCount = value.isNumber() || value.isBoolean();
        return !isCount && (letters.contains("token") || letters.endsWith("key"));
    }

    /// The masked content of `env` or `headers`, in any shape.
    private static JsonNode mask(JsonNode values) {
        return switch (values) {
            case ObjectNode object -> {
                ObjectNode redacted = Json.object();
                object.properties().forEach(m -> redacted.set(m.getKey(), mask(m.getValue())));
                yield redacted;
            }
            case ArrayNode array -> {
                ArrayNode redacted = Json.mapper().createArrayNode();
                array.forEach(each -> redacted.add(mask(each)));
                yield redacted;
            }
            default -> values.isNull() ? values : TextNode.valueOf(MASK);
        };
    }

    private static ArrayNode elements(ArrayNode array) {
        ArrayNode redacted = Json.mapper().createArrayNode();
        boolean isValueOfOption = false;
        for (JsonNode each : array) {
            redacted.add(
                    isValueOfOption && each.isValueNode() ? TextNode.valueOf(MASK) : redact(each));
            isValueOfOption = each.isTextual() && OPTION.matcher(each.textValue()).matches();
        }
        return redacted;
    }

    private static String maskText(String text) {
        String within = text.strip();
        if (within.startsWith("{") || within.startsWith("[")) {
            try {
                JsonNode json = Json.mapper().readTree(within);
                return redact(json).toString();
            } catch (JsonProcessingException e) {
                // Not JSON, although it starts like it.
            }
        }
        String redacted = text;
        for (Pattern pattern : SECRET_PATTERNS) {
            redacted = pattern.matcher(redacted).replaceAll("$1" + MASK);
        }
        return redacted;
    }
}
