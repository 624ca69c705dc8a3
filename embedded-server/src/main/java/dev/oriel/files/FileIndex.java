package dev.oriel.files;

import dev.oriel.match.FuzzyQuery;
import java.util.ArrayList;
import java.util.List;

/// The files and folders of a folder at one moment, to be searched by name. Immutable.
public final class FileIndex {
    /// A file or folder that matches a query.
    ///
    /// @param path relative to the folder; that of a folder ends with `/`
    /// @param matched positions in the path of the characters of the query, ascending
    public record Found(String path, int[] matched) {}

    /// A path that begins with the folder that was typed out comes before all others.
    private static final int IN_TYPED_FOLDER = 500_000;

    /// The match of the name counts so many times more than that of its folder.
    private static final int FOLDER_WEIGHT = 8;

    public static final FileIndex EMPTY = new FileIndex(List.of(), false);

    private final String[] paths;
    private final long[] masks;
    private final long[] nameMasks;
    private final short[] depths;
    private final boolean incomplete;

    /// @param paths as [FolderWalk#run] lists them
    /// @param incomplete whether the folder has more
    public FileIndex(List<String> paths, boolean incomplete) {
        this.paths = paths.toArray(String[]::new);
        this.masks = new long[this.paths.length];
        this.nameMasks = new long[this.paths.length];
        this.depths = new short[this.paths.length];
        for (int i = 0; i < masks.length; i++) {
            masks[i] = FuzzyQuery.mask(this.paths[i], 0);
            depths[i] = depth(this.paths[i]);
            nameMasks[i] = FuzzyQuery.mask(this.paths[i], nameStart(this.paths[i]));
        }
        this.incomplete = incomplete;
    }

    /// The number of files and folders.
    public int size() {
        return paths.length;
    }

    /// Whether the folder has more than it lists.
    public boolean isIncomplete() {
        return incomplete;
    }

    /// Finds files and folders.
    ///
    /// @param typed characters that a path contains in this order. If they begin with the path of a
    ///   folder, what is in it comes first. Without any, all match
    /// @param limit the largest number of results
    /// @return best first
    public List<Found> find(String typed, int limit) {
        String text = typed.strip();
        if (text.startsWith("./")) {
            text = text.substring(2);
        }
        int slash = text.lastIndexOf('/') + 1;
        String folder = text.substring(0, slash);
        Search search =
                new Search(
                        folder,
                        FuzzyQuery.of(text.substring(slash)),
                        FuzzyQuery.of(text),
                        new BestFew(limit));
        boolean isPath = !folder.isEmpty();
        if (isPath || search.anywhere().isEmpty()) {
            searchFolder(search);
        }
        // Each of these finds what ranks lower than all that was found before.
        if (isPath && !search.best().isFull()) {
            searchFoldersLike(search);
        }
        if (!isPath && !search.anywhere().isEmpty()) {
            searchNames(search);
        }
        if (isPath ? search.best().isEmpty() : !search.best().isFull()) {
            searchPaths(search);
        }
        List<Found> found = new ArrayList<>();
        for (int index : search.best().indexes()) {
            found.add(found(paths[index], search));
        }
        return found;
    }

    /// @param folder the part of the query up to its last slash
    /// @param inFolder the rest of it
    /// @param anywhere all of it
    private record Search(String folder, FuzzyQuery inFolder, FuzzyQuery anywhere, BestFew best) {
        boolean isInFolder(String path) {
            return path.length() > folder.length() && path.startsWith(folder);
        }
    }

    private void searchFolder(Search search) {
        int start = search.folder().length();
        for (int i = 0; i < paths.length; i++) {
            if (search.isInFolder(paths[i])) {
                int rank =
                        search.inFolder().isEmpty()
                                ? depthRank(i)
                                : search.inFolder()
                                        .rank(
                                                paths[i].substring(start),
                                                nameStart(paths[i]) - start);
                if (rank != FuzzyQuery.NO_MATCH) {
                    search.best().add(i, IN_TYPED_FOLDER + rank);
                }
            }
        }
    }

    /// The part up to the last slash matches the folder, and the rest the name. Paths of one folder
    /// follow each other.
    private void searchFoldersLike(Search search) {
        FuzzyQuery folders = FuzzyQuery.of(search.folder());
        String folder = "";
        int folderRank = FuzzyQuery.NO_MATCH;
        for (int i = 0; i < paths.length; i++) {
            if (!search.inFolder().mayMatch(nameMasks[i]) || !folders.mayMatch(masks[i])) {
                continue;
            }
            String path = paths[i];
            int start = nameStart(path);
            if (start != folder.length() || !path.startsWith(folder)) {
                folder = path.substring(0, start);
                folderRank = folders.rankByEnd(folder);
            }
            if (folderRank != FuzzyQuery.NO_MATCH) {
                int rank =
                        search.inFolder().isEmpty()
                                ? depthRank(i)
                                : search.inFolder().rankByName(path, start);
                if (rank != FuzzyQuery.NO_MATCH) {
                    search.best().add(i, rank + folderRank / FOLDER_WEIGHT);
                }
            }
        }
    }

    private void searchNames(Search search) {
        for (int i = 0; i < paths.length; i++) {
            if (search.anywhere().mayMatch(nameMasks[i])) {
                search.best().add(i, search.anywhere().rankByName(paths[i], nameStart(paths[i])));
            }
        }
    }

    private void searchPaths(Search search) {
        for (int i = 0; i < paths.length; i++) {
            if (search.anywhere().mayMatch(masks[i])) {
                search.best().add(i, search.anywhere().rank(paths[i], nameStart(paths[i])));
            }
        }
    }

    /// Without a query: what is nearest, folders first, hidden ones last.
    private int depthRank(int index) {
        String path = paths[index];
        return -4 * depths[index]
                - (path.endsWith("/") ? 0 : 2)
                - (path.charAt(nameStart(path)) == '.' ? 1 : 0);
    }

    /// The number of folders around it.
    private static short depth(String path) {
        int depth = 0;
        for (int at = path.indexOf('/'); at >= 0 && at < path.length() - 1; depth++) {
            at = path.indexOf('/', at + 1);
        }
        return (short) depth;
    }

    private static Found found(String path, Search search) {
        int start = search.folder().length();
        if (start > 0 && search.isInFolder(path)) {
            int[] inside =
                    search.inFolder().positions(path.substring(start), nameStart(path) - start);
            if (inside.length > 0 || search.inFolder().isEmpty()) {
                int[] all = new int[start + inside.length];
                for (int i = 0; i < all.length; i++) {
                    all[i] = i < start ? i : inside[i - start] + start;
                }
                return new Found(path, all);
            }
        }
        return new Found(path, search.anywhere().positions(path, nameStart(path)));
    }

    private static int nameStart(String path) {
        return path.lastIndexOf('/', path.length() - 2) + 1;
    }
}
