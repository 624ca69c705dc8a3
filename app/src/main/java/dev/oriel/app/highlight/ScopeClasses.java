package dev.oriel.app.highlight;

import dev.oriel.app.highlight.grammar.ScopeStack;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Maps the scopes of grammars to the few classes that have a colour. The innermost scope that is
/// known decides. Confined to one thread at a time.
final class ScopeClasses {
    private static final int MAX_KNOWN = 4_000;

    /// Starts of scope names, the most exact one decides: a class, or `plain` for code inside
    /// something with a colour.
    private static final String TABLE =
            """
            comment                                  comment
            string                                   string
            string.interpolated                      plain
            string.unquoted.argument                 plain
            string.other.link                        link
            constant                                 constant
            constant.numeric                         number
            constant.character                       escape
            constant.other.placeholder               escape
            keyword                                  keyword
            keyword.other.unit                       number
            keyword.control.directive                meta
            keyword.preprocessor                     meta
            storage                                  keyword
            storage.type.java                        type
            storage.type.generic                     type
            storage.type.object                      type
            storage.type.annotation                  meta
            storage.type.groovy                      type
            storage.modifier.import                  plain
            storage.modifier.package                 plain
            entity.name.function                     function
            entity.name.command                      function
            entity.name.type                         type
            entity.name.class                        type
            entity.name.struct                       type
            entity.name.enum                         type
            entity.name.namespace                    plain
            entity.name.scope-resolution             plain
            entity.name.type.module                  plain
            entity.name.type.namespace               plain
            entity.name.package                      plain
            entity.name.tag                          tag
            entity.name.tag.yaml                     property
            entity.name.section                      heading
            entity.name.function.decorator           meta
            entity.name.function.preprocessor        meta
            entity.other.inherited-class             type
            entity.other.attribute-name              attribute
            support.function                         function
            support.class                            type
            support.type                             type
            support.type.property-name               property
            support.type.vendored.property-name      property
            support.constant                         constant
            support.variable                         variable
            variable                                 plain
            variable.language                        keyword
            variable.other.key                       property
            variable.css                             variable
            variable.argument.css                    variable
            variable.other.normal                    variable
            variable.other.special                   variable
            variable.other.positional                variable
            variable.other.bracket                   variable
            variable.other.readwrite.instance        variable
            variable.other.readwrite.class           variable
            variable.other.readwrite.global          variable
            meta.function-call.generic               function
            meta.annotation                          meta
            meta.decorator                           meta
            meta.attribute                           meta
            meta.preprocessor                        meta
            meta.embedded                            plain
            meta.template.expression                 plain
            meta.interpolation                       plain
            source                                   plain
            punctuation.definition.template-expression  escape
            punctuation.definition.interpolation     escape
            punctuation.definition.variable          variable
            punctuation.section.embedded.begin.metatag  meta
            punctuation.section.embedded.end.metatag    meta
            punctuation.definition.annotation        meta
            punctuation.definition.decorator         meta
            punctuation.definition.list.begin.markdown  keyword
            punctuation.definition.keyword           keyword
            markup.heading                           heading
            markup.inserted                          inserted
            markup.deleted                           deleted
            markup.changed                           meta
            markup.inline.raw                        string
            markup.underline.link                    link
            markup.quote                             comment
            fenced_code.block.language               type
            meta.diff                                meta
            """;

    /// Languages in which variables are marked as such.
    private static final Set<String> MARKED_VARIABLES =
            Set.of("shell", "php", "powershell", "perl", "makefile", "dockerfile", "batchfile");

    private static final Map<String, Kind> KINDS = kinds();

    /// @param syntax null for plain
    private record Kind(@Nullable SyntaxClass syntax) {}

    private final Map<String, Optional<Kind>> known = new HashMap<>();

    private static Map<String, Kind> kinds() {
        Map<String, Kind> kinds = new HashMap<>();
        TABLE.lines()
                .forEach(line -> {
                    String[] cells = line.split("\\s+");
                    SyntaxClass syntax =
                            cells[1].equals("plain")
                                    ? null
                                    : SyntaxClass.valueOf(cells[1].toUpperCase(Locale.ROOT));
                    kinds.put(cells[0], new Kind(syntax));
                });
        return Map.copyOf(kinds);
    }

    /// The class of a token; null for none.
    ///
    /// @param text of the token
    @Nullable SyntaxClass of(ScopeStack scopes, String text) {
        for (ScopeStack s = scopes; s != null; s = s.outer()) {
            Kind kind = kind(s.name());
            if (kind != null) {
                // Grammars call operators and arrows keywords, too.
                boolean symbol = text.codePoints().noneMatch(Character::isLetter);
                return kind.syntax() == SyntaxClass.KEYWORD && symbol ? null : kind.syntax();
            }
        }
        return null;
    }

    private @Nullable Kind kind(String scope) {
        if (known.size() > MAX_KNOWN) {
            known.clear();
        }
        return known.computeIfAbsent(scope, s -> Optional.ofNullable(find(s))).orElse(null);
    }

    private static @Nullable Kind find(String scope) {
        String language = scope.substring(scope.lastIndexOf('.') + 1);
        if (scope.startsWith("variable.") && MARKED_VARIABLES.contains(language)) {
            return scope.startsWith("variable.language")
                    ? KINDS.get("variable.language")
                    : new Kind(SyntaxClass.VARIABLE);
        }
        for (String start = scope; ; start = start.substring(0, start.lastIndexOf('.'))) {
            Kind kind = KINDS.get(start);
            if (kind != null || start.indexOf('.') < 0) {
                return kind;
            }
        }
    }
}
