package dev.oriel.agent.api.tool.search;

import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.tool.search.SearchQuery.Mode;
import dev.oriel.agent.api.tool.shell.ShellEnvironment;
import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Searches files with the program `rg`.
///
/// @param program its absolute path
record Ripgrep(Path program) {
    private static final int LEAST_VERSION = 13;
    private static final Pattern VERSION = Pattern.compile("ripgrep (\\d{1,4})\\.");
    private static final int MAX_ERRORS = 64 * 1024;
    private static final Map<Path, Boolean> SUITABLE = new ConcurrentHashMap<>();

    /// Finds a suitable version.
    ///
    /// @param searchPath folders, as in the environment variable PATH
    /// @return null if there is none
    static @Nullable Ripgrep find(String searchPath) throws InterruptedException {
        boolean windows =
                System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        for (String folder : searchPath.split(Pattern.quote(File.pathSeparator))) {
            Path program;
            try {
                program = Path.of(folder, windows ? "rg.exe" : "rg");
            } catch (InvalidPathException e) {
                continue;
            }
            // A relative folder would be one of the project.
            if (program.isAbsolute() && Files.isExecutable(program)) {
                Boolean known = SUITABLE.get(program);
                if (known == null) {
                    known = isSuitable(program);
                    SUITABLE.put(program, known);
                }
                if (known) {
                    return new Ripgrep(program);
                }
            }
        }
        return null;
    }

    private static boolean isSuitable(Path program) throws InterruptedException {
        try {
            Process process =
                    ShellEnvironment.limit(new ProcessBuilder(program.toString(), "--version"))
                            .redirectErrorStream(true)
                            .start();
            process.getOutputStream().close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            String text =
                    new String(process.getInputStream().readNBytes(1_000), StandardCharsets.UTF_8);
            Matcher version = VERSION.matcher(text);
            return version.find() && Integer.parseInt(version.group(1)) >= LEAST_VERSION;
        } catch (IOException e) {
            return false;
        }
    }

    /// Searches a folder.
    ///
    /// @throws SearchRejectedException if the pattern, a glob or the type is not valid
    /// @throws java.util.concurrent.CancellationException if the scope was cancelled
    SearchQuery.Result search(SearchQuery query, CancelScope cancel)
            throws SearchRejectedException, IOException, InterruptedException {
        HitLimits limits = new HitLimits(cancel);
        Process process =
                ShellEnvironment.limit(new ProcessBuilder(command(query)))
                        .directory(query.folder().toFile())
                        .redirectInput(ProcessBuilder.Redirect.PIPE)
                        .start();
        Thread watch = Thread.ofVirtual().start(() -> watch(process, limits));
        List<FileHits> files;
        byte[][] errors = {new byte[0]};
        try (CancelScope.Registration _ = cancel.onCancel(process::destroyForcibly)) {
            process.getOutputStream().close();
            Thread reader = Thread.ofVirtual().start(() -> errors[0] = errors(process));
            try (InputStream in = new BufferedInputStream(process.getInputStream(), 1 << 16)) {
                files = new RipgrepOutput(query, in, limits).read();
            } catch (IOException e) {
                cancel.check();
                throw e;
            }
            if (limits.isReached()) {
                process.destroyForcibly();
            }
            reader.join();
            int code = process.waitFor();
            cancel.check();
            String text = new String(errors[0], StandardCharsets.UTF_8).strip();
            if (code == 2 && files.isEmpty() && !text.isEmpty() && !text.contains("(os error ")) {
                throw new SearchRejectedException(text);
            }
            return new SearchQuery.Result(files, limits.isReached());
        } finally {
            process.destroyForcibly();
            watch.interrupt();
        }
    }

    private static void watch(Process process, HitLimits limits) {
        try {
            while (!process.waitFor(200, TimeUnit.MILLISECONDS)) {
                if (limits.isReached()) {
                    process.destroyForcibly();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the search has ended
        }
    }

    private static byte[] errors(Process process) {
        try (InputStream in = process.getErrorStream()) {
            byte[] first = in.readNBytes(MAX_ERRORS);
            in.skip(Long.MAX_VALUE);
            return first;
        } catch (IOException e) {
            return new byte[0];
        }
    }

    private List<String> command(SearchQuery query) {
        List<String> line =
                new ArrayList<>(
                        List.of(
                                program.toString(),
                                "--no-config",
                                "--color=never",
                                "--no-heading",
                                "--null",
                                "--with-filename",
                                "--hidden",
                                "--max-columns=500"));
        for (String glob : query.globs()) {
            line.add("--glob=" + glob);
        }
        for (String folder : TreeWalk.METADATA) {
            line.add("--glob=!" + folder);
        }
        if (!query.type().isEmpty()) {
            line.add("--type=" + query.type());
        }
        if (query.ignoreCase()) {
            line.add("--ignore-case");
        }
        if (query.multiline()) {
            line.addAll(List.of("--multiline", "--multiline-dotall"));
        }
        line.addAll(
                switch (query.mode()) {
                    case FILES -> List.of("--files-with-matches");
                    case COUNT -> List.of("--count");
                    case CONTENT ->
                            List.of(
                                    "--line-number",
                                    "--before-context=" + query.before(),
                                    "--after-context=" + query.after());
                });
        if (query.onlyMatching() && query.mode() == Mode.CONTENT) {
            line.add("--only-matching");
        }
        line.addAll(List.of("--regexp=" + query.pattern(), "--", query.path().toString()));
        return line;
    }
}
