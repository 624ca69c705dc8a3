package dev.oriel.agent.api.tool.search;

import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.files.IgnoreRules.Decision;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Visits the regular files of a folder on several threads, in no order. Links are not followed;
/// folders that cannot be read are empty; folders of version control are left out.
final class TreeWalk {
    static final Set<String> METADATA = Set.of(".git", ".svn", ".hg", ".bzr", ".jj", ".sl");

    /// The entries of a large folder are shared among the threads in parts of this size.
    private static final int PART = 256;

    private static final int MAX_DEPTH = 256;

    /// Regular expressions need a deep stack.
    private static final long STACK_BYTES = 4 << 20;

    private final Path root;
    private final Choice choice;
    private final CancelScope cancel;
    private final BooleanSupplier isEnough;

    private final Object lock = new Object();
    private final Deque<Work> pending = new ArrayDeque<>(); // guarded by lock
    private int busy; // guarded by lock
    private @Nullable Throwable failure; // guarded by lock

    /// Which files are visited.
    ///
    /// @param globs of paths relative to the folder from which `prefix` leads to the root
    /// @param prefix with a slash at the end, or empty
    /// @param types globs of which a file must match one; empty for all files
    /// @param respectsIgnoreFiles whether `.gitignore` and `.ignore` count
    /// @param userRules the user's own file of ignored patterns; null for none
    record Choice(
            GlobFilter globs,
            String prefix,
            List<GlobPattern> types,
            boolean respectsIgnoreFiles,
            @Nullable Path userRules) {}

    /// Receives the files; each thread has its own.
    interface Visitor {
        /// @param path relative to the walk's root, with `/` between its parts
        void visit(Path file, String path, BasicFileAttributes attributes);
    }

    private record Folder(Path folder, String path, int depth, @Nullable FolderRules rules) {}

    /// @param entries null if the folder has not been listed
    private record Work(Folder folder, @Nullable List<Path> entries) {}

    /// @param root a real path
    /// @param isEnough ends the walk early when it returns true
    TreeWalk(Path root, Choice choice, CancelScope cancel, BooleanSupplier isEnough) {
        this.root = root;
        this.choice = choice;
        this.cancel = cancel;
        this.isEnough = isEnough;
    }

    /// Visits all files; blocks until that is done.
    ///
    /// @throws CancellationException if the scope was cancelled
    void run(Supplier<Visitor> visitors) throws InterruptedException {
        FolderRules rules =
                choice.respectsIgnoreFiles() ? FolderRules.around(root, choice.userRules()) : null;
        pending.add(new Work(new Folder(root, "", 0, rules), null));
        int count = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            threads.add(
                    Thread.ofPlatform()
                            .daemon()
                            .name("file-search-" + i)
                            .stackSize(STACK_BYTES)
                            .start(() -> work(visitors)));
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            stop(e);
            throw e;
        }
        cancel.check();
        synchronized (lock) {
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure instanceof RuntimeException exception) {
                throw exception;
            }
        }
    }

    private void work(Supplier<Visitor> visitors) {
        try {
            Visitor visitor = visitors.get();
            for (Work work = next(); work != null; work = next()) {
                try {
                    perform(work, visitor);
                } finally {
                    done();
                }
            }
        } catch (RuntimeException | Error e) {
            stop(e);
        }
    }

    private @Nullable Work next() {
        synchronized (lock) {
            while (pending.isEmpty() && busy > 0 && failure == null) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    return null;
                }
            }
            if (pending.isEmpty() || failure != null || isEnd()) {
                lock.notifyAll();
                return null;
            }
            busy++;
            return pending.removeLast(); // depth first, so that few are pending
        }
    }

    private void done() {
        synchronized (lock) {
            busy--;
            lock.notifyAll();
        }
    }

    private void stop(Throwable cause) {
        synchronized (lock) {
            failure = failure == null ? cause : failure;
            lock.notifyAll();
        }
    }

    private boolean isEnd() {
        return cancel.isCancelled() || isEnough.getAsBoolean();
    }

    private void perform(Work work, Visitor visitor) {
        if (work.entries() != null) {
            visit(work.folder(), work.entries(), visitor);
            return;
        }
        Folder folder = work.folder();
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder.folder())) {
            stream.forEach(entries::add);
        } catch (IOException | DirectoryIteratorException | SecurityException e) {
            return; // it cannot be read, or was deleted meanwhile
        }
        if (folder.rules() != null) {
            Set<String> names = new HashSet<>();
            entries.forEach(e -> names.add(name(e)));
            FolderRules own = folder.rules().withOwn(folder.folder(), names, choice.userRules());
            folder = new Folder(folder.folder(), folder.path(), folder.depth(), own);
        }
        for (int i = PART; i < entries.size(); i += PART) {
            add(new Work(folder, entries.subList(i, Math.min(entries.size(), i + PART))));
        }
        visit(folder, entries.subList(0, Math.min(entries.size(), PART)), visitor);
    }

    private void add(Work work) {
        synchronized (lock) {
            pending.add(work);
            lock.notify();
        }
    }

    private void visit(Folder folder, List<Path> entries, Visitor visitor) {
        for (Path entry : entries) {
            if (isEnd()) {
                return;
            }
            String name = name(entry);
            if (METADATA.contains(name)) {
                continue;
            }
            BasicFileAttributes attributes;
            try {
                attributes =
                        Files.readAttributes(
                                entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            } catch (IOException | SecurityException e) {
                continue; // deleted meanwhile
            }
            String path = folder.path() + name;
            if (attributes.isDirectory()) {
                if (folder.depth() < MAX_DEPTH && isChosen(folder, path, name, true)) {
                    FolderRules rules = folder.rules();
                    add(
                            new Work(
                                    new Folder(
                                            entry,
                                            path + "/",
                                            folder.depth() + 1,
                                            rules == null ? null : rules.inside(name)),
                                    null));
                }
            } else if (attributes.isRegularFile() && isChosen(folder, path, name, false)) {
                visitor.visit(entry, path, attributes);
            }
        }
    }

    private boolean isChosen(Folder parent, String path, String name, boolean folder) {
        if (choice.globs() != GlobFilter.NONE) {
            String fromBase = choice.prefix() + path;
            if (folder && !choice.globs().mayChooseInside(fromBase)) {
                return false;
            }
            Decision decision = choice.globs().decide(fromBase, folder);
            if (decision != Decision.NONE) {
                return decision == Decision.INCLUDED;
            }
        }
        if (parent.rules() != null && parent.rules().isIgnored(name, folder)) {
            return false;
        }
        if (folder || choice.types().isEmpty()) {
            return true;
        }
        for (GlobPattern type : choice.types()) {
            if (type.matches(name, false)) {
                return true;
            }
        }
        return false;
    }

    private static String name(Path entry) {
        return String.valueOf(entry.getFileName());
    }
}
