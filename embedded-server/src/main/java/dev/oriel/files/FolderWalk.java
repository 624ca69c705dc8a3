package dev.oriel.files;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Lists what is in a folder, the nearest first, without what git ignores.
///
/// Links to folders are not followed, so that there is no loop, and nothing outside of the folder
/// is listed: a link to a file is listed if the file is inside. Folders that cannot be read are
/// empty.
public final class FolderWalk {
    /// Folders of version control.
    private static final Set<String> METADATA = Set.of(".git", ".hg", ".svn", ".jj");

    /// Longer paths, UTF-16 units, are omitted; no system opens them by their name.
    private static final int MAX_PATH = 4_096;

    /// The list so far is reported after so many paths, then after twice as many.
    private static final int FIRST_REPORT = 10_000;

    /// A folder that takes longer, on a slow disk or with rules that are made to be slow, is listed
    /// in part: other folders wait for it.
    private static final long MAX_TIME = TimeUnit.SECONDS.toNanos(30);

    private final Path root;
    private final int limit;
    private final LongSupplier nanoTime;
    private final long start;
    private final String prefix;
    private final List<String> paths = new ArrayList<>();
    private final Deque<Pending> pending = new ArrayDeque<>();
    private boolean late;

    /// A folder whose entries have not been listed.
    ///
    /// @param path relative to the root, with a slash at the end; empty for the root
    /// @param rules without those of its own `.gitignore`
    private record Pending(Path folder, String path, IgnoreRules rules) {}

    /// @param root the real path of the folder
    /// @param limit the largest number of paths
    /// @param userRules the user's own file of ignored patterns; null for none
    public FolderWalk(Path root, int limit, @Nullable Path userRules, LongSupplier nanoTime) {
        this.root = root;
        this.limit = limit;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        GitRepository repository = GitRepository.find(root);
        IgnoreRules rules = IgnoreRules.NONE;
        String inRepository = "";
        if (repository != null) {
            rules = repository.rulesAround(root, userRules);
            String relative = repository.root().relativize(root).toString();
            inRepository = relative.isEmpty() ? "" : relative.replace('\\', '/') + "/";
        }
        prefix = inRepository;
        pending.add(new Pending(root, "", rules));
    }

    /// Lists the folder. Ends early if the thread is interrupted, or after half a minute.
    ///
    /// @param report receives the paths so far a few times in between
    /// @return paths relative to the folder, with `/` between their parts; those of folders end
    ///   with `/`
    public List<String> run(Consumer<List<String>> report) {
        int next = FIRST_REPORT;
        while (!pending.isEmpty() && mayContinue() && !Thread.interrupted()) {
            list(pending.poll());
            if (paths.size() >= next) {
                report.accept(paths);
                next *= 2;
            }
        }
        return paths;
    }

    /// Whether the folder may have more than was listed.
    public boolean isIncomplete() {
        return late || !pending.isEmpty() || paths.size() >= limit;
    }

    private boolean mayContinue() {
        late |= nanoTime.getAsLong() - start >= MAX_TIME;
        return !late && paths.size() < limit;
    }

    private void list(Pending at) {
        // Relative to the repository's root, as all rules are.
        IgnoreRules rules =
                at.rules().withFileOf(prefix + at.path(), at.folder().resolve(".gitignore"));
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(at.folder())) {
            for (Path entry : stream) {
                // Among those that are omitted may be names that come first.
                if (entries.size() >= limit) {
                    break;
                }
                entries.add(entry);
            }
        } catch (IOException | DirectoryIteratorException | SecurityException e) {
            return; // it cannot be read, or was deleted meanwhile
        }
        entries.sort(
                Comparator.comparing(
                        e -> String.valueOf(e.getFileName()), String.CASE_INSENSITIVE_ORDER));
        for (Path entry : entries) {
            if (!mayContinue()) {
                return;
            }
            add(at, entry, rules);
        }
    }

    private void add(Pending at, Path entry, IgnoreRules rules) {
        String name = String.valueOf(entry.getFileName());
        String path = at.path() + name;
        if (METADATA.contains(name) || path.length() > MAX_PATH || !canBeNamed(name)) {
            return;
        }
        BasicFileAttributes attributes;
        try {
            attributes =
                    Files.readAttributes(
                            entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException | SecurityException e) {
            return; // deleted meanwhile
        }
        boolean folder = attributes.isDirectory();
        if (rules.isIgnored(prefix + path, folder)) {
            return;
        }
        if (folder) {
            paths.add(path + "/");
            pending.add(new Pending(entry, path + "/", rules));
        } else if (attributes.isRegularFile()
                || (attributes.isSymbolicLink() && leadsToFileInside(entry))) {
            paths.add(path);
        }
    }

    private boolean leadsToFileInside(Path link) {
        try {
            Path target = link.toRealPath();
            return target.startsWith(root) && Files.isRegularFile(target);
        } catch (IOException | SecurityException e) {
            return false;
        }
    }

    /// False for names that cannot be part of a prompt: with control characters, or bytes that are
    /// not in the system's encoding.
    private static boolean canBeNamed(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isISOControl(c) || c == '\ufffd') {
                return false;
            }
        }
        return true;
    }
}
