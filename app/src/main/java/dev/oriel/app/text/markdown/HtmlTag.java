package dev.oriel.app.text.markdown;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A tag of HTML.
///
/// @param name in lower case
/// @param closing whether it ends the element
/// @param attributes as they are written
public record HtmlTag(String name, boolean closing, String attributes) {
    /// As CommonMark defines tags. All parts are possessive, so that the time is linear.
    private static final Pattern TAG =
            Pattern.compile(
                    "<(/?)([A-Za-z][A-Za-z0-9-]*+)"
                            + "((?:\\s++[A-Za-z_:][A-Za-z0-9_.:-]*+(?:\\s*+=\\s*+"
                            + "(?:\"[^\"]*+\"|'[^']*+'|[^\\s\"'<>=`]++))?+)*+)\\s*+/?>");

    private static final Pattern ATTRIBUTE =
            Pattern.compile(
                    "\\s([A-Za-z_:][A-Za-z0-9_.:-]*+)(?:\\s*+=\\s*+"
                            + "(?:\"([^\"]*+)\"|'([^']*+)'|([^\\s\"'<>=`]++)))?+");

    private static final Set<String> INLINE =
            Set.of(
                    "a", "abbr", "b", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins",
                    "kbd", "mark", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
                    "tt", "u", "var");

    /// Finds the tags in a text.
    static Matcher in(String text) {
        return TAG.matcher(text);
    }

    /// The tag that a matcher of [#in(String)] has found.
    static HtmlTag of(Matcher found) {
        return new HtmlTag(
                found.group(2).toLowerCase(Locale.ROOT), !found.group(1).isEmpty(), found.group(3));
    }

    /// A tag; null for a comment and the like.
    public static @Nullable HtmlTag parse(String html) {
        Matcher tag = in(html);
        return tag.matches() ? of(tag) : null;
    }

    /// Whether the element is a part of a line, and only changes how text looks.
    public boolean isInline() {
        return INLINE.contains(name);
    }

    /// Whether it has an attribute, with a value or without.
    boolean has(String wanted) {
        return find(wanted) != null;
    }

    /// The value of an attribute; empty if it has none.
    public String attribute(String wanted) {
        Matcher found = find(wanted);
        if (found == null) {
            return "";
        }
        for (int group = 2; group <= 4; group++) {
            if (found.group(group) != null) {
                return found.group(group);
            }
        }
        return "";
    }

    private @Nullable Matcher find(String wanted) {
        Matcher all = ATTRIBUTE.matcher(attributes);
        while (all.find()) {
            if (all.group(1).equalsIgnoreCase(wanted)) {
                return all;
            }
        }
        return null;
    }
}
