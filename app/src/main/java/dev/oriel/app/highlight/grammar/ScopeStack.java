package dev.oriel.app.highlight.grammar;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The names of what surrounds a piece of code, such as `string.quoted.double.java`. Immutable;
/// stacks share their outer part.
///
/// @param outer null for the outermost one
/// @param name of the innermost one
public record ScopeStack(@Nullable ScopeStack outer, String name) {
    /// The stack with further scopes inside.
    ///
    /// @param names separated by spaces; null for none
    ScopeStack push(@Nullable String names) {
        if (names == null || names.isEmpty()) {
            return this;
        }
        if (names.indexOf(' ') < 0) {
            return new ScopeStack(this, names);
        }
        ScopeStack stack = this;
        for (String each : names.strip().split("\\s+")) {
            stack = new ScopeStack(stack, each);
        }
        return stack;
    }

    /// All names, the outermost first.
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (ScopeStack s = this; s != null; s = s.outer) {
            names.add(s.name);
        }
        return names.reversed();
    }
}
