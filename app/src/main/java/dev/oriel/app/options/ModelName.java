package dev.oriel.app.options;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Short names of models, made from their full names.
public final class ModelName {
    /// For example `claude-opus-5-5`, `claude-haiku-4-5-20251001`, `claude-opus-4-1[1m]`.
    private static final Pattern FAMILY_FIRST =
            Pattern.compile("claude-([a-z]{2,20})-(\\d{1,2})(?:-(\\d{1,2}))?(?:-\\d{8})?(\\[1m])?");

    /// For example `claude-3-5-sonnet-20241022`.
    private static final Pattern VERSION_FIRST =
            Pattern.compile("claude-(\\d{1,2})(?:-(\\d{1,2}))?-([a-z]{2,20})(?:-\\d{8})?");

    private ModelName() {}

    /// The name that users know, such as "Opus 5.5"; a name of another form is returned as it is.
    public static String of(String full) {
        Matcher family = FAMILY_FIRST.matcher(full);
        if (family.matches()) {
            String window = family.group(4) == null ? "" : " 1M";
            return capitalized(family.group(1))
                    + version(family.group(2), family.group(3))
                    + window;
        }
        Matcher version = VERSION_FIRST.matcher(full);
        return version.matches()
                ? capitalized(version.group(3)) + version(version.group(1), version.group(2))
                : full;
    }

    private static String version(String major, String minor) {
        return " " + major + (minor == null ? "" : "." + minor);
    }

    private static String capitalized(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
