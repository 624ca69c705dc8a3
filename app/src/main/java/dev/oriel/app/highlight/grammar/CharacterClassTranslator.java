package dev.oriel.app.highlight.grammar;

import java.util.Locale;
import java.util.Map;

/// Translates a character class, or an escape sequence that stands for characters, from Oniguruma's
/// syntax to that of `java.util.regex`.
final class CharacterClassTranslator {
    private static final Map<String, String> POSIX =
            Map.ofEntries(
                    Map.entry("alpha", "IsAlphabetic"),
                    Map.entry("ascii", "ASCII"),
                    Map.entry("blank", "Blank"),
                    Map.entry("cntrl", "Cntrl"),
                    Map.entry("digit", "IsDigit"),
                    Map.entry("graph", "Graph"),
                    Map.entry("lower", "IsLowercase"),
                    Map.entry("print", "Print"),
                    Map.entry("punct", "IsPunctuation"),
                    Map.entry("space", "IsWhite_Space"),
                    Map.entry("upper", "IsUppercase"),
                    Map.entry("xdigit", "XDigit"));

    private final String source;
    private int at;

    /// @param start of the class or escape sequence
    CharacterClassTranslator(String source, int start) {
        this.source = source;
        this.at = start;
    }

    /// After what was translated.
    int end() {
        return at;
    }

    String toJava() {
        at++;
        boolean negated = at < source.length() && source.charAt(at) == '^';
        if (negated) {
            at++;
        }
        StringBuilder content = new StringBuilder();
        boolean nested = false;
        boolean first = true;
        while (at < source.length() && (first || source.charAt(at) != ']')) {
            char c = source.charAt(at);
            if (c == '[' && source.startsWith("[:", at) && source.indexOf(":]", at) > 0) {
                content.append(posix());
            } else if (c == '[') {
                content.append(toJava());
                nested = true;
            } else if (c == '\\') {
                content.append(escape());
            } else if (source.startsWith("&&", at)) {
                content.append("&&");
                nested = true;
                at += 2;
            } else {
                content.append(literal(c, first));
                at++;
            }
            first = false;
        }
        at++;
        if (!negated) {
            return "[" + content + "]";
        }
        // Java negates only what stands before a class inside a class.
        return nested ? "(?:(?![" + content + "])[\\s\\S])" : "[^" + content + "]";
    }

    private String literal(char c, boolean first) {
        if (c == '-' && at + 1 < source.length()) {
            String next = source.substring(at + 1, Math.min(source.length(), at + 3));
            boolean beforeSet = next.startsWith("[") || next.matches("\\\\[wWdDsShHpP]");
            return beforeSet || first ? "\\-" : "-";
        }
        return "[]&^ #".indexOf(c) >= 0 ? "\\" + c : String.valueOf(c);
    }

    private String posix() {
        int close = source.indexOf(":]", at);
        String name = source.substring(at + 2, close);
        at = close + 2;
        boolean negated = name.startsWith("^");
        return property(negated ? name.substring(1) : name, negated);
    }

    private static String property(String name, boolean negated) {
        String key = name.toLowerCase(Locale.ROOT).replace("_", "");
        if (key.equals("word")) {
            return negated ? "\\W" : "\\w";
        }
        if (key.equals("alnum")) {
            return negated ? "[^\\p{IsAlphabetic}\\p{IsDigit}]" : "\\p{IsAlphabetic}\\p{IsDigit}";
        }
        String java = POSIX.get(key);
        if (java == null) {
            java = name.length() <= 2 ? name : "Is" + name;
        }
        return (negated ? "\\P{" : "\\p{") + java + "}";
    }

    /// Translates an escape sequence that means the same in a class and outside.
    String escape() {
        if (at + 1 >= source.length()) {
            at++;
            return "\\\\";
        }
        char c = source.charAt(at + 1);
        at += 2;
        return switch (c) {
            case 'h' -> "\\p{XDigit}";
            case 'H' -> "\\P{XDigit}";
            case 'v' -> "\\x0B";
            case 'b' -> "\\x08";
            case '0' -> octal();
            case 'p', 'P' -> propertyEscape(c == 'P');
            case 'd', 'D', 's', 'S', 'w', 'W', 'n', 'r', 't', 'f', 'a', 'e' -> "\\" + c;
            case 'x' -> codePoint();
            case 'u' -> "\\u";
            case 'c' -> at < source.length() ? "\\c" + source.charAt(at++) : "c";
            default -> Character.isLetterOrDigit(c) ? String.valueOf(c) : "\\" + c;
        };
    }

    private String codePoint() {
        int close = source.startsWith("{", at) ? source.indexOf('}', at) : -1;
        String digits = close < 0 ? "" : source.substring(at, close + 1);
        at += digits.length();
        return "\\x" + digits;
    }

    private String octal() {
        int value = 0;
        int start = at;
        while (at < source.length()
                && at < start + 2
                && "01234567".indexOf(source.charAt(at)) >= 0) {
            value = value * 8 + source.charAt(at) - '0';
            at++;
        }
        return "\\x%02x".formatted(value);
    }

    private String propertyEscape(boolean negated) {
        if (at >= source.length() || source.charAt(at) != '{') {
            return negated ? "P" : "p";
        }
        int close = source.indexOf('}', at);
        if (close < 0) {
            return negated ? "P" : "p";
        }
        String name = source.substring(at + 1, close);
        at = close + 1;
        boolean not = name.startsWith("^");
        return property(not ? name.substring(1) : name, negated != not);
    }
}
