package dev.oriel.testing.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Inputs of tool calls as a broken or manipulated model could send them: a valid input of which
/// one member is missing, or has another value.
public final class HostileInputs {
    private static final String HUGE = "x".repeat(10 << 20);

    private HostileInputs() {}

    /// @param valid an input that has all members of the schema that are to be tried
    /// @return inputs by what is wrong with them
    public static Map<String, ObjectNode> of(ObjectNode valid) {
        Map<String, ObjectNode> inputs = new LinkedHashMap<>();
        inputs.put("empty", Json.object());
        inputs.put("extra member", valid.deepCopy().put("zz", 1));
        inputs.put("extra member with a long name", valid.deepCopy().put(HUGE, 1));
        ObjectNode many = valid.deepCopy();
        for (int i = 0; i < 10_000; i++) {
            many.put("member " + i, i);
        }
        inputs.put("10,000 extra members", many);
        List<String> names = new ArrayList<>();
        valid.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            ObjectNode without = valid.deepCopy();
            without.remove(name);
            inputs.put("no " + name, without);
            values(valid.get(name))
                    .forEach((what, value) -> {
                        ObjectNode changed = valid.deepCopy();
                        changed.set(name, value);
                        inputs.put(name + ": " + what, changed);
                    });
        }
        return inputs;
    }

    private static Map<String, JsonNode> values(JsonNode valid) {
        ObjectNode values = Json.object();
        values.putNull("null");
        values.put("true", true);
        values.put("0", 0);
        values.put("-1", -1);
        values.put("huge number", 1e300);
        values.put("infinite", Double.POSITIVE_INFINITY);
        values.put("no number", Double.NaN);
        values.put("long number", Long.MAX_VALUE);
        values.put("least number", Long.MIN_VALUE);
        values.put("large exponent", new java.math.BigDecimal("1e999999999"));
        values.put("small exponent", new java.math.BigDecimal("1e-999999999"));
        values.put("fraction", 0.5);
        values.putArray("empty array");
        values.putArray("array of nulls").addNull().addNull();
        values.putArray("array of arrays").addArray().addArray();
        values.putObject("empty object");
        values.set("deep arrays", deep());
        values.put("empty text", "");
        values.put("blank text", " \t\n");
        values.put("NUL", "a\0b");
        values.put("control characters", "\u0001\u001b[31m\u007f\u0085\r");
        values.put("unpaired surrogates", "a\ud83db\ude00");
        values.put("other scripts", "\u202egnp.\u200b\ufeff\u05d0\ufffe\u0130");
        values.put("10 MB", HUGE);
        values.put("many parents", "../".repeat(50_000) + "x");
        values.put("many folders", "a/".repeat(50_000) + "x");
        values.put("home", "~/x");
        values.put("other system", "C:\\x:y\\\\?\\UNC\\host\\x");
        values.put("digits", "9".repeat(100_000));
        values.put("open brackets", "(".repeat(50_000));
        values.put("open braces", "{a,".repeat(5_000));
        values.put("stars", "*".repeat(5_000) + "/**".repeat(500));
        values.put("classes", "[[".repeat(5_000));
        values.put("URL of a file", "file:///etc/passwd");
        Map<String, JsonNode> result = new LinkedHashMap<>();
        values.properties().forEach(value -> result.put(value.getKey(), value.getValue()));
        if (valid.isArray() && !valid.isEmpty()) {
            ArrayNode long_ = (ArrayNode) valid.deepCopy();
            for (int i = 0; i < 20_000; i++) {
                long_.add(valid.get(0));
            }
            result.put("20,000 items", long_);
            if (valid.get(0) instanceof ObjectNode item) {
                of(item).forEach((what, inner) ->
                        result.put("item with " + what, Json.object().arrayNode().add(inner)));
            }
        }
        return result;
    }

    private static ArrayNode deep() {
        ArrayNode deep = Json.object().arrayNode();
        for (int i = 0; i < 400; i++) { // the parser of answers accepts 500
            deep = Json.object().arrayNode().add(deep);
        }
        return deep;
    }
}
