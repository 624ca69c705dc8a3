package dev.oriel.session.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Which values a member of a control request may have.
///
/// @param description for the user, after "must be"
record ValueRule(String description, Predicate<JsonNode> test) {
    private static final int LONGEST = 4_096;

    static final ValueRule FLAG = new ValueRule("true or false", JsonNode::isBoolean);

    static final ValueRule TEXT = text(LONGEST);

    static final ValueRule LINE =
            new ValueRule(
                    "one line of at most 200 characters",
                    v ->
                            isText(v, 200)
                                    && v.textValue().chars().noneMatch(Character::isISOControl));

    static ValueRule text(int longest) {
        return new ValueRule("a text of 1 to " + longest + " characters", v -> isText(v, longest));
    }

    static ValueRule count(int most) {
        return new ValueRule(
                "a whole number from 0 to " + most,
                v -> v.isIntegralNumber() && v.canConvertToInt() && within(v.intValue(), most));
    }

    static ValueRule oneOf(String... values) {
        Set<String> allowed = Set.of(values);
        return new ValueRule(
                "one of " + String.join(", ", values),
                v -> v.isTextual() && allowed.contains(v.textValue()));
    }

    /// A list of texts.
    ///
    /// @param most the largest number of them
    static ValueRule texts(int most, int longest) {
        return new ValueRule(
                "a list of at most " + most + " texts",
                v -> {
                    boolean valid = v.isArray() && v.size() <= most;
                    for (JsonNode each : v) {
                        valid &= isText(each, longest);
                    }
                    return valid;
                });
    }

    /// An object with these members and no others, all of them optional.
    static ValueRule object(Map<String, ValueRule> members) {
        return new ValueRule(
                "an object of " + String.join(", ", members.keySet().stream().sorted().toList()),
                v -> v.isObject() && v.properties().stream().allMatch(m -> holds(members, m)));
    }

    ValueRule orNull() {
        return new ValueRule(description + " or null", v -> v.isNull() || test.test(v));
    }

    private static boolean holds(
            Map<String, ValueRule> members, Map.Entry<String, JsonNode> member) {
        ValueRule bound = members.get(member.getKey());
        return bound != null && bound.test().test(member.getValue());
    }

    private static boolean isText(JsonNode value, int longest) {
        return value.isTextual()
                && !value.textValue().isBlank()
                && value.textValue().length() <= longest;
    }

    private static boolean within(int value, int most) {
        return value >= 0 && value <= most;
    }
}
