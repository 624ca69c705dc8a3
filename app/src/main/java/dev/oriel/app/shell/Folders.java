package dev.oriel.app.shell;

/// Folders in words.
final class Folders {
    private Folders() {}

    /// The path with the home folder as `~`, and at most its last two parts.
    static String shortened(String path) {
        String home = System.getProperty("user.home");
        if (path.isEmpty() || path.equals(home)) {
            return "Home";
        }
        String shown = path.startsWith(home) ? "~" + path.substring(home.length()) : path;
        String[] parts = shown.split("[/\\\\]");
        return parts.length <= 3
                ? shown
                : "…/" + parts[parts.length - 2] + "/" + parts[parts.length - 1];
    }
}
