package dev.oriel.app.highlight.grammar;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Loads grammars, each when it is first needed, and keeps them. Confined to one thread at a time.
///
/// The grammars come from the library `@shikijs/langs`: one JavaScript module for each, which
/// contains the grammar as JSON, and imports the modules of grammars that can be embedded in it.
public final class GrammarLibrary {
    /// Where the modules are on the class path.
    public static final String FOLDER = "/META-INF/resources/webjars/shikijs__langs/3.21.0/dist/";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern IMPORT = Pattern.compile("from '\\./([\\w-]+)\\.mjs'");
    private static final Pattern SCOPE = Pattern.compile("\\\\\"scopeName\\\\\":\\\\\"([\\w.+-]+)");
    private static final String START = "JSON.parse(\"";
    private static final String END = "\"))\n";

    private static final int MAX_CLOSINGS = 200;

    private final Collection<String> names;
    private final Map<String, Grammar> grammars = new HashMap<>();
    private final Map<String, JsonNode> sources = new HashMap<>();
    private final CharacterSet.Classes classes = new CharacterSet.Classes();
    private final Map<String, LineRegex> regexes = new HashMap<>();
    private final Map<String, LineRegex> closings = new LinkedHashMap<>();
    private @Nullable Map<String, String> namesByScope;

    /// @param names of the modules that can be embedded in others
    public GrammarLibrary(Collection<String> names) {
        this.names = List.copyOf(names);
    }

    /// The grammar of a module.
    ///
    /// @param name of the module, without its extension
    /// @throws IllegalArgumentException if there is none
    public Grammar load(String name) {
        Grammar known = grammars.get(name);
        if (known == null) {
            JsonNode source = source(name);
            if (source == null) {
                throw new IllegalArgumentException("There is no grammar " + name + ".");
            }
            known = new Grammar(this, source);
            grammars.put(name, known);
        }
        return known;
    }

    /// A grammar by its scope; null if there is none.
    @Nullable JsonNode find(String scope) {
        if (namesByScope == null) {
            namesByScope = new HashMap<>();
            modules(names)
                    .forEach((name, module) -> {
                        Matcher scopeName = SCOPE.matcher(module);
                        String last = null;
                        while (scopeName.find()) {
                            last = scopeName.group(1);
                        }
                        if (last != null && namesByScope != null) {
                            namesByScope.putIfAbsent(last, name);
                        }
                    });
        }
        String name = namesByScope.get(scope);
        return name == null ? null : source(name);
    }

    private @Nullable JsonNode source(String name) {
        if (!sources.containsKey(name)) {
            String module = module(name);
            int start = module == null ? -1 : module.indexOf(START);
            int end = module == null ? -1 : module.lastIndexOf(END);
            if (module == null || start < 0 || end < start) {
                return null;
            }
            try {
                String json =
                        JSON.readValue(
                                module.substring(start + START.length() - 1, end + 1),
                                String.class);
                sources.put(name, JSON.readTree(json));
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("The grammar " + name + " is not JSON.", e);
            }
        }
        return sources.get(name);
    }

    /// The same expression for the same source: grammars repeat many.
    LineRegex regex(String source) {
        return regexes.computeIfAbsent(source, s -> new LineRegex(s, classes));
    }

    /// An expression that contains captured text. Only the latest ones are kept.
    LineRegex closing(String source) {
        if (closings.size() > MAX_CLOSINGS) {
            closings.clear();
        }
        return closings.computeIfAbsent(source, s -> new LineRegex(s, classes));
    }

    /// The text of modules, and of all modules that they import.
    public static Map<String, String> modules(Collection<String> names) {
        Map<String, String> all = new LinkedHashMap<>();
        Deque<String> open = new ArrayDeque<>(names);
        while (!open.isEmpty()) {
            String name = open.pop();
            String text = all.containsKey(name) ? null : module(name);
            if (text != null) {
                all.put(name, text);
                Matcher imports = IMPORT.matcher(text);
                while (imports.find()) {
                    open.push(imports.group(1));
                }
            }
        }
        return all;
    }

    private static @Nullable String module(String name) {
        try (InputStream in = GrammarLibrary.class.getResourceAsStream(FOLDER + name + ".mjs")) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
