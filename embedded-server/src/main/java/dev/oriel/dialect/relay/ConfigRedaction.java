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

/// A configuration without its keys: who may read it need not learn them. A key is known by the
/// name of its member, by where it stands (`env` and `headers` hold little else), or by its look.
///
/// Members by whose names they are keys are left out, as a client that posts what it has read must
/// not post a mask as a key. Elsewhere a mask stands in the place of the key.
final class ConfigRedaction {
    private static final String MASK = "***";

    /// In names, in small letters and without anything between them.
    private static final List<String> WORDS =
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

    private static final Set<String> WHOLE_NAMES = Set.of("auth", "pwd", "pass", "pat", "jwt");

    /// What holds a value a name, nearly all of them secret.
    private static final Set<String> HOLDERS = Set.of("env", "headers");

    private static final String SECRET_NAME =
            "[\\w.-]{0,40}(?:key|token|secret|passwd|password|passphrase|credentials?|auth|signature|sig)";

    private static final Pattern OPTION = Pattern.compile("(?i)--?" + SECRET_NAME);

    /// Each with what stays as its first group.
    private static final List<Pattern> LOOKS =
            List.of(
                    // In a header, an option, a variable, or the query of an address.
                    Pattern.compile(
                            "(?i)(\\b(?:proxy-)?authorization\\s*[:=]\\s*(?:\\w+\\s+)?)[^\\s\"',]+"),
                    Pattern.compile("(?i)(\\b(?:bearer|basic)\\s+)[\\w.~+/=-]{6,}"),
                    Pattern.compile("(?i)(\\b" + SECRET_NAME + "\\s*[=:]\\s*)[^\\s&\"',;]+"),
                    Pattern.compile("(://[^\\s/:@]*:)[^\\s/@]+(?=@)"),
                    // By how those who issue them begin them.
                    Pattern.compile("()\\b(?:sk|pk|rk)[-_][\\w-]{8,}"),
                    Pattern.compile(
                            "()\\b(?:gh[a-z]|github_pat|glpat|npm|hf|e2b|xox[a-z])[-_][\\w-]{8,}"),
                    Pattern.compile("()\\b(?:AKIA|ASIA)[A-Z0-9]{12,}"),
                    Pattern.compile("()\\bAIza[\\w-]{20,}"),
                    Pattern.compile("()\\beyJ[\\w-]{1,4000}\\.[\\w-]+\\.[\\w-]*"),
                    Pattern.compile(
                            "()-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(?:-----END [A-Z ]*-----)?"));

    private ConfigRedaction() {}

    /// A copy to show.
    static JsonNode redact(JsonNode config) {
        return switch (config) {
            case ObjectNode object -> members(object);
            case ArrayNode array -> elements(array);
            case TextNode text -> TextNode.valueOf(masked(text.textValue()));
            default -> config;
        };
    }

    private static ObjectNode members(ObjectNode object) {
        ObjectNode shown = Json.object();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            JsonNode value = member.getValue();
            String name = member.getKey().toLowerCase(Locale.ROOT);
            if (!isSecret(name, value)) {
                // A name can be a key too, where somebody keeps them by their owners.
                shown.set(
                        masked(member.getKey()),
                        HOLDERS.contains(name) ? held(value) : redact(value));
            }
        }
        return shown;
    }

    /// @param name in small letters
    private static boolean isSecret(String name, JsonNode value) {
        if (value.isNull()) {
            return false;
        }
        String letters = name.replaceAll("[^a-z0-9]", "");
        if (WORDS.stream().anyMatch(letters::contains) || WHOLE_NAMES.contains(letters)) {
            return true;
        }
        // `maxThinkingTokens` is a number, and `keys` may be the names of some.
        boolean isCount = value.isNumber() || value.isBoolean();
        return !isCount && (letters.contains("token") || letters.endsWith("key"));
    }

    /// What `env` or `headers` hold, in whatever shape.
    private static JsonNode held(JsonNode values) {
        return switch (values) {
            case ObjectNode object -> {
                ObjectNode shown = Json.object();
                object.properties().forEach(m -> shown.set(m.getKey(), held(m.getValue())));
                yield shown;
            }
            case ArrayNode array -> {
                ArrayNode shown = Json.mapper().createArrayNode();
                array.forEach(each -> shown.add(held(each)));
                yield shown;
            }
            default -> values.isNull() ? values : TextNode.valueOf(MASK);
        };
    }

    private static ArrayNode elements(ArrayNode array) {
        ArrayNode shown = Json.mapper().createArrayNode();
        boolean isValueOfOption = false;
        for (JsonNode each : array) {
            shown.add(
                    isValueOfOption && each.isValueNode() ? TextNode.valueOf(MASK) : redact(each));
            isValueOfOption = each.isTextual() && OPTION.matcher(each.textValue()).matches();
        }
        return shown;
    }

    private static String masked(String text) {
        String within = text.strip();
        if (within.startsWith("{") || within.startsWith("[")) {
            try {
                JsonNode json = Json.mapper().readTree(within);
                return redact(json).toString();
            } catch (JsonProcessingException e) {
                // A text that only begins like one.
            }
        }
        String shown = text;
        for (Pattern look : LOOKS) {
            shown = look.matcher(shown).replaceAll("$1" + MASK);
        }
        return shown;
    }
}
