package dev.oriel.app.desktop;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A registry in memory that imports the subset of the `.reg` format that is used: keys, string
/// values, deletions.
final class FakeWindowsRegistry implements WindowsRegistry {
    private static final Pattern KEY = Pattern.compile("\\[HKEY_CURRENT_USER(\\\\.+)]");
    private static final Pattern VALUE =
            Pattern.compile("\"([^\"]+)\"=(?:(-)|\"((?:[^\"\\\\]|\\\\[\"\\\\])*)\")");

    final Map<String, String> values = new HashMap<>();

    @Override
    public Optional<String> read(String key, String value) {
        return Optional.ofNullable(values.get(key + " " + value));
    }

    @Override
    public void importFile(String file) {
        String[] lines = file.split("\r\n", -1);
        if (!lines[0].equals("Windows Registry Editor Version 5.00")) {
            throw new IllegalArgumentException("not a .reg file: " + lines[0]);
        }
        String key = "";
        for (int i = 1; i < lines.length; i++) {
            Matcher section = KEY.matcher(lines[i]);
            Matcher value = VALUE.matcher(lines[i]);
            if (section.matches()) {
                key = "HKCU" + section.group(1);
            } else if (value.matches() && value.group(2) != null) {
                values.remove(key + " " + value.group(1));
            } else if (value.matches()) {
                values.put(key + " " + value.group(1), value.group(3).replaceAll("\\\\(.)", "$1"));
            } else if (!lines[i].isEmpty()) {
                throw new IllegalArgumentException("unsupported line: " + lines[i]);
            }
        }
    }
}
