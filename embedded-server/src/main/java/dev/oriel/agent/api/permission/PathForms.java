package dev.oriel.agent.api.permission;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/// The different spellings of a path that file systems take for the same file. Pure: nothing looks
/// at a file system or at the system on which it runs.
final class PathForms {
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:[/\\\\].*", Pattern.DOTALL);
    private static final Pattern SHORT_NAME = Pattern.compile(".*~[0-9]+(\\..*)?", Pattern.DOTALL);
    private static final Pattern DEVICE =
            Pattern.compile(
                    "(CON|PRN|AUX|NUL|CLOCK\\$|CONIN\\$|CONOUT\\$|(COM|LPT)[0-9\u00b9\u00b2\u00b3])\\s*([.:].*)?",
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private PathForms() {}

    /// Whether Windows may take the path for another file than its names say: a share or a device,
    /// a folder of another drive that is not named, a stream of a file, a short name, a name with a
    /// dot or a space at its end.
    static boolean isStrangeOnWindows(String path) {
        boolean hasDrive = DRIVE.matcher(path).matches();
        String rest = hasDrive ? path.substring(2) : path;
        if (rest.startsWith("\\\\")
                || rest.startsWith("//")
                || rest.startsWith("\\/")
                || rest.startsWith("/\\")
                || rest.indexOf(':') >= 0
                || rest.chars().anyMatch(c -> c < ' ' || "<>\"|?*".indexOf(c) >= 0)) {
            return true;
        }
        for (String name : rest.split("[/\\\\]")) {
            boolean isDots = name.equals(".") || name.equals("..");
            if (!isDots
                    && (name.endsWith(".")
                            || name.endsWith(" ")
                            || DEVICE.matcher(name).matches()
                            || SHORT_NAME.matcher(name).matches())) {
                return true;
            }
        }
        return false;
    }

    /// A form that is equal for all spellings that file systems of macOS and Windows take for the
    /// same: letters of any case, composed or not, and either slash.
    static String folded(String path) {
        String composed = Normalizer.normalize(path.replace('\\', '/'), Normalizer.Form.NFC);
        // Both, because some letters have an equal form in one case only.
        String folded = composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFC);
    }
}
