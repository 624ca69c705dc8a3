package dev.oriel.app.highlight;

import java.util.Locale;

/// What a part of code is. Names, operators and punctuation in general have no class; they have the
/// colour of code.
public enum SyntaxClass {
    KEYWORD,
    STRING,
    /// An escape sequence, or another part of a string that stands for something else.
    ESCAPE,
    COMMENT,
    NUMBER,
    /// A constant of the language such as `true`.
    CONSTANT,
    FUNCTION,
    TYPE,
    VARIABLE,
    /// The key of an entry in JSON, YAML and other data, or a property of CSS.
    PROPERTY,
    TAG,
    ATTRIBUTE,
    /// An annotation, a preprocessor directive, or other code about code.
    META,
    HEADING,
    LINK,
    INSERTED,
    DELETED;

    private final String styleClass = "syn-" + name().toLowerCase(Locale.ROOT);

    /// The style class of its text, such as `syn-keyword`.
    public String styleClass() {
        return styleClass;
    }
}
