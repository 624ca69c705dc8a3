package dev.oriel.agent.api.tool.search;

import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.files.GitRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Searches files without ripgrep, with the same results, except that a dot matches bytes that are
/// not UTF-8 too.
final class JavaGrep {
    private static final Logger LOG = LoggerFactory.getLogger(JavaGrep.class);

    private JavaGrep() {}

    /// @throws SearchRejectedException if the pattern, a glob or the type is not valid
    /// @throws java.util.concurrent.CancellationException if the scope was cancelled
    static SearchQuery.Result search(SearchQuery query, CancelScope cancel)
            throws SearchRejectedException, IOException, InterruptedException {
        RustPattern pattern =
                RustPattern.compile(query.pattern(), query.ignoreCase(), query.multiline());
        GlobFilter globs = GlobFilter.of(query.globs());
        List<GlobPattern> types =
                query.type().isEmpty() ? List.of() : FileTypes.globs(query.type());
        HitLimits limits = new HitLimits(cancel);
        ConcurrentLinkedQueue<FileHits> found = new ConcurrentLinkedQueue<>();
        if (Files.isDirectory(query.path())) {
            TreeWalk.Choice choice =
                    new TreeWalk.Choice(
                            globs, query.globPrefix(), types, true, GitRepository.userRules());
            new TreeWalk(query.path().toRealPath(), choice, cancel, limits::isReached)
                    .run(() -> {
                        BlockSearch search = new BlockSearch(query, pattern, limits);
                        return (file, path, attributes) ->
                                search(
                                        search,
                                        file,
                                        query.path().resolve(path),
                                        attributes,
                                        false,
                                        found);
                    });
        } else {
            BasicFileAttributes attributes =
                    Files.readAttributes(query.path(), BasicFileAttributes.class);
            BlockSearch search = new BlockSearch(query, pattern, limits);
            search(search, query.path(), query.path(), attributes, true, found);
        }
        cancel.check();
        return new SearchQuery.Result(List.copyOf(found), limits.isReached());
    }

    private static void search(
            BlockSearch search,
            Path file,
            Path shown,
            BasicFileAttributes attributes,
            boolean isExplicit,
            ConcurrentLinkedQueue<FileHits> found) {
        try {
            FileHits hits =
                    search.search(
                            file,
                            attributes.size(),
                            attributes.lastModifiedTime().toMillis(),
                            isExplicit);
            if (hits != null) {
                found.add(new FileHits(shown, hits.modified(), hits.count(), hits.lines()));
            }
        } catch (IOException e) {
            LOG.debug("A file cannot be searched", e);
        } catch (HitLimits.LateException e) {
            LOG.debug("The search of a file takes too long", e);
        }
    }
}
