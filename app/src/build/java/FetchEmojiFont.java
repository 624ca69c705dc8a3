import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Run by the build: fetches the emoji font with npm, by name and version, and extracts it. The
/// argument is the target folder. Without npm or the registry it prints a message, and the build
/// continues without the font.
class FetchEmojiFont {
    private static final String PACKAGE = "@expo-google-fonts/noto-emoji@0.4.7";
    private static final String ARCHIVE = "expo-google-fonts-noto-emoji-0.4.7.tgz";
    private static final String SHA512 =
            "1aced4470b4a982cf374651361b1bc308a21c9a40f806c486901b986fc8401a4"
                    + "22106269432ea0c8fdcd0c8084d042643891687b52450f71dfd4be1adea7b828";
    private static final String FONT = "package/400Regular/NotoEmoji_400Regular.ttf";
    private static final long PATIENCE_SECONDS = 120;

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]).toAbsolutePath();
        if (Files.exists(folder.resolve(FONT))) {
            return;
        }
        Files.createDirectories(folder);
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        if (!run(folder, windows ? "npm.cmd" : "npm", "pack", PACKAGE, "--ignore-scripts")
                || !Files.exists(folder.resolve(ARCHIVE))) {
            System.out.println(
                    "Built without the font for emoji: npm could not fetch " + PACKAGE + ".");
            return;
        }
        byte[] archive = Files.readAllBytes(folder.resolve(ARCHIVE));
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(archive));
        if (!digest.equals(SHA512)) {
            throw new IOException(ARCHIVE + " is not the file that was expected: " + digest);
        }
        if (!run(folder, "tar", "-xzf", ARCHIVE, FONT, "package/LICENSE_FONT")) {
            throw new IOException(ARCHIVE + " cannot be unpacked.");
        }
    }

    private static boolean run(Path folder, String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(List.of(command))
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve(command[0] + ".log").toFile())
                            .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException _) {
            return false;
        }
    }
}
