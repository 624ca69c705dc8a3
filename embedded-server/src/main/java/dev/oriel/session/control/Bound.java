package dev.oriel.session.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// What a member of a control request may be.
///
/// @param words for a person, after "must be"
record Bound(String words, Predicate<JsonNode> holds) {
    private static final int LONGEST = 4_096;

    static final Bound FLAG = new Bound("true or false", JsonNode::isBoolean);

    static final Bound TEXT = text(LONGEST);

    static final Bound LINE =
            new Bound(
                    "one line of at most 200 characters",
                    v ->
                            isText(v, 200)
                                    && v.textValue().chars().noneMatch(Character::isISOControl));

    static Bound text(int longest) {
        return new Bound("a text of 1 to " + longest + " characters", v -> isText(v, longest));
    }

    static Bound count(int most) {
        return new Bound(
                "a whole number from 0 to " + most,
                v -> v.isIntegralNumber() && v.canConvertToInt() && within(v.intValue(), most));
    }

    static Bound oneOf(String... values) {
        Set<String> allowed = Set.of(values);
        return new Bound(
                "one of " + String.join(", ", values),
                v -> v.isTextual() && allowed.contains(v.textValue()));
    }

    /// An object of these members and no others; none has to be there.
    static Bound object(Map<String, Bound> members) {
        return new Bound(
                "an object of " + String.join(", ", members.keySet().stream().sorted().toList()),
                v -> v.isObject() && v.properties().stream().allMatch(m -> holds(members, m)));
    }

    Bound orNull() {
        return new Bound(words + " or null", v -> v.isNull() || holds.test(v));
    }

    private static boolean holds(Map<String, Bound> members, Map.Entry<String, JsonNode> member) {
        Bound bound = members.get(member.getKey());
        return bound != null && bound.holds().test(member.getValue());
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
