package dev.oriel.app.highlight.grammar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Compiles the rules of a grammar, and those of other grammars that it includes.
final class RuleCompiler {
    private static final Pattern REFERENCE = Pattern.compile("\\\\\\d");

    private final GrammarLibrary library;
    private final JsonNode base;
    private final IdentityHashMap<JsonNode, Rule> compiled = new IdentityHashMap<>();

    /// @param base the grammar of the whole text, to which others can return
    RuleCompiler(GrammarLibrary library, JsonNode base) {
        this.library = library;
        this.base = base;
    }

    /// The rule for the whole text.
    Rule.Group root() {
        return whole(base);
    }

    private Rule.Group whole(JsonNode grammar) {
        Rule known = compiled.get(grammar);
        if (known == null) {
            known = group(grammar, null, Repository.of(grammar));
            compiled.put(grammar, known);
        }
        return (Rule.Group) known;
    }

    private Rule.Group group(JsonNode source, @Nullable String name, Repository repository) {
        JsonNode patterns = source.get("patterns");
        if (patterns == null) {
            // A rule that consists of an `include` is a group of one.
            patterns =
                    source.has("include")
                            ? JsonNodeFactory.instance
                                    .arrayNode()
                                    .add(
                                            JsonNodeFactory.instance
                                                    .objectNode()
                                                    .set("include", source.get("include")))
                            : JsonNodeFactory.instance.arrayNode();
        }
        return new Rule.Group(name, new Patterns(this, repository, patterns));
    }

    /// @return null for a rule that includes something unknown
    @Nullable Rule compile(JsonNode source, Repository around) {
        String include = source.path("include").asText("");
        if (!include.isEmpty()) {
            return included(include, around);
        }
        Rule known = compiled.get(source);
        if (known == null) {
            known = create(source, around.inside(source));
            compiled.put(source, known);
        }
        return known;
    }

    private @Nullable Rule included(String include, Repository around) {
        if (include.equals("$self")) {
            return whole(around.grammar());
        }
        if (include.equals("$base")) {
            return root();
        }
        int hash = include.indexOf('#');
        if (hash == 0) {
            Repository.Named named = around.find(include.substring(1));
            return named == null ? null : compile(named.rule(), named.repository());
        }
        JsonNode other = library.find(hash < 0 ? include : include.substring(0, hash));
        if (other == null) {
            return null;
        }
        if (hash < 0) {
            return whole(other);
        }
        Repository.Named named = Repository.of(other).find(include.substring(hash + 1));
        return named == null ? null : compile(named.rule(), named.repository());
    }

    private Rule create(JsonNode source, Repository repository) {
        String name = source.path("name").textValue();
        if (source.has("match")) {
            return new Rule.Match(
                    name, regex(source, "match"), captures(source.path("captures"), repository));
        }
        if (!source.has("begin")) {
            return group(source, name, repository);
        }
        String contentName = source.path("contentName").textValue();
        List<Rule.@Nullable Capture> begin =
                captures(source, "beginCaptures", "captures", repository);
        Patterns patterns = group(source, null, repository).patterns();
        if (source.has("while")) {
            return new Rule.While(
                    name,
                    contentName,
                    regex(source, "begin"),
                    begin,
                    regex(source, "while"),
                    REFERENCE.matcher(source.path("while").asText()).find(),
                    captures(source, "whileCaptures", "captures", repository),
                    patterns);
        }
        return new Rule.Block(
                name,
                contentName,
                regex(source, "begin"),
                begin,
                regex(source, "end"),
                REFERENCE.matcher(source.path("end").asText()).find(),
                captures(source, "endCaptures", "captures", repository),
                source.path("applyEndPatternLast").asBoolean()
                        || source.path("applyEndPatternLast").asInt() == 1,
                patterns);
    }

    private LineRegex regex(JsonNode source, String member) {
        // Without an end, a rule reaches to the end of the text.
        return library.regex(source.path(member).asText("(?!)"));
    }

    private List<Rule.@Nullable Capture> captures(
            JsonNode source, String member, String otherwise, Repository repository) {
        return captures(
                source.has(member) ? source.get(member) : source.path(otherwise), repository);
    }

    /// The captures by group; null for a group of which nothing is said.
    private List<Rule.@Nullable Capture> captures(JsonNode source, Repository repository) {
        Map<Integer, JsonNode> byGroup = new TreeMap<>();
        for (Map.Entry<String, JsonNode> each : source.properties()) {
            if (each.getKey().matches("\\d{1,3}") && each.getValue().isObject()) {
                byGroup.put(Integer.valueOf(each.getKey()), each.getValue());
            }
        }
        List<Rule.@Nullable Capture> captures = new ArrayList<>();
        byGroup.forEach((group, capture) -> {
            while (captures.size() < group) {
                captures.add(null);
            }
            boolean splits = capture.has("patterns") || capture.has("include");
            captures.add(
                    new Rule.Capture(
                            capture.path("name").textValue(),
                            capture.path("contentName").textValue(),
                            splits ? group(capture, null, repository.inside(capture)) : null));
        });
        return Collections.unmodifiableList(captures);
    }
}
