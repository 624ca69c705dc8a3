package dev.oriel.agent;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// What a folder has an agent run, or lets it run, without a question: hooks, MCP servers, programs
/// that give keys, rules that allow tools.
///
/// @param items in a fixed order
public record FolderCommands(List<Item> items) {
    public static final FolderCommands NONE = new FolderCommands(List.of());

    public FolderCommands {
        items = List.copyOf(items);
    }

    /// @param file where it stands
    /// @param kind `hook`, `mcp_server`, `setting` or `file`
    /// @param text what it is, as it stands there
    public record Item(String file, String kind, String text) {}

    public boolean isEmpty() {
        return items.isEmpty();
    }

    /// Another one for every difference in what is named.
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
