package dev.oriel.agent.api;

import dev.oriel.agent.AgentLaunch.Conversation;
import dev.oriel.agent.ConversationsInUse;
import dev.oriel.platform.PrivateFiles;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The folders with the agents' own files, one for each conversation: results that were too long,
/// output of tasks, copies of changed files.
///
/// The messages of a branch refer to files of the conversation from which it was taken. So the
/// folder of a branch names that conversation, whose files stay as long as the branch. Blocks.
final class ConversationFiles {
    private static final String EARLIER = "earlier";

    private final Path root;

    /// @param data folder of the server's files
    ConversationFiles(Path data) {
        this.root = data.resolve("agent-api");
    }

    Path folder(UUID conversation) {
        return root.resolve(conversation.toString());
    }

    /// Notes from which conversation a branch was taken.
    ///
    /// @param folder the branch's
    static void noteOrigin(Path folder, Conversation conversation) throws IOException {
        if (conversation instanceof Conversation.Branched branch) {
            PrivateFiles.createFolders(folder);
            Path file = PrivateFiles.createIfMissing(folder.resolve(EARLIER));
            Files.writeString(file, branch.from().toString());
        }
    }

    /// Deletes the folders that are not needed.
    ///
    /// @param inUse read after the folders were listed: what begins meanwhile is not in the list
    /// @throws IOException if something could not be read or deleted; everything else was
    void deleteUnused(ConversationsInUse inUse) throws IOException {
        Map<UUID, Path> folders = list();
        if (folders.isEmpty()) {
            return;
        }
        Deque<UUID> open = new ArrayDeque<>(inUse.read());
        Set<UUID> needed = new HashSet<>();
        while (!open.isEmpty()) {
            UUID next = open.remove();
            Path folder = needed.add(next) ? folders.get(next) : null;
            UUID earlier = folder == null ? null : earlier(folder);
            if (earlier != null) {
                open.add(earlier);
            }
        }
        folders.keySet().removeAll(needed);
        IOException failure = null;
        for (Path folder : folders.values()) {
            try {
                delete(folder);
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private Map<UUID, Path> list() throws IOException {
        Map<UUID, Path> found = new LinkedHashMap<>();
        if (Files.isDirectory(root)) {
            try (var entries = Files.newDirectoryStream(root)) {
                for (Path each : entries) {
                    UUID id = uuid(String.valueOf(each.getFileName()));
                    if (id != null) {
                        found.put(id, each);
                    }
                }
            }
        }
        return found;
    }

    private static @Nullable UUID earlier(Path folder) throws IOException {
        Path file = folder.resolve(EARLIER);
        return Files.isRegularFile(file) ? uuid(Files.readString(file).strip()) : null;
    }

    private static @Nullable UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            return null; // something else
        }
    }

    /// Links are deleted, not followed.
    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path visited, @Nullable IOException failure) throws IOException {
                        if (failure != null) {
                            throw failure;
                        }
                        Files.delete(visited);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
