package dev.oriel.agent;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// What the configuration files of a folder make an agent run, or allow it to run, without an ask:
/// hooks, MCP servers, programs that supply credentials, rules that allow tools. Immutable.
///
/// @param items in a fixed order
public record FolderCommands(List<Item> items) {
    public static final FolderCommands NONE = new FolderCommands(List.of());

    public FolderCommands {
        items = List.copyOf(items);
    }

    /// @param file the file that contains it
    /// @param kind `hook`, `mcp_server`, `setting` or `file`
    /// @param text its text in that file
    public record Item(String file, String kind, String text) {}

    public boolean isEmpty() {
        return items.isEmpty();
    }

    /// SHA-256 of all items, as lower-case hexadecimal. Any difference in an item changes it.
    public String digest() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (Item item : items) {
                for (String part : List.of(item.file(), item.kind(), item.text())) {
                    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                    sha.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                    sha.update(bytes);
                }
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
