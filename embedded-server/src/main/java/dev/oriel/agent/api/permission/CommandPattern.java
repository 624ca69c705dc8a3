package dev.oriel.agent.api.permission;

import java.util.regex.Pattern;

/// The content of a rule of the tool Bash: a whole command, a prefix (`git diff:*`), or a text with
/// `*` (`npm run *`). Immutable.
final class CommandPattern {
    private final Pattern pattern;

    CommandPattern(String content) {
        String text = content.strip().replaceAll("\\s+", " ");
        if (text.endsWith(":*")) {
            pattern =
                    Pattern.compile(
                            Pattern.quote(text.substring(0, text.length() - 2)) + "(?: .*)?",
                            Pattern.DOTALL);
            return;
        }
        boolean endsOpen = text.endsWith(" *");
        String glob = endsOpen ? text.substring(0, text.length() - 2) : text;
        StringBuilder regex = new StringBuilder();
        for (String part : glob.split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(part));
        }
        pattern = Pattern.compile(regex + (endsOpen ? "(?: .*)?" : ""), Pattern.DOTALL);
    }

    /// @param command with single spaces between its words
    boolean matches(String command) {
        return pattern.matcher(command).matches();
    }
}
