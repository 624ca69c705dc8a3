package dev.oriel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The code map in `ARCHITECTURE.md` lists each package of the product once.
class CodeMapTest {
    private static final Path ROOT = Path.of("..");
    private static final List<String> MODULES =
            List.of(
                    "app",
                    "embedded-server",
                    "embedded-server/client",
                    "embedded-server/message",
                    "packaging");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z.]+)` \\| .+ \\|$");

    @Test
    void theCodeMapListsEachPackageOnce() throws IOException {
        Set<String> packages = new TreeSet<>();
        for (String module : MODULES) {
            Path sources = ROOT.resolve(module).resolve("src/main/java");
            Path base = sources.resolve("dev/oriel");
            try (Stream<Path> files = Files.walk(base)) {
                files.filter(f -> f.toString().endsWith(".java"))
                        .filter(f -> !f.endsWith("package-info.java"))
                        .map(f -> base.relativize(f.getParent()).toString().replace('\\', '/'))
                        .map(folder -> folder.replace('/', '.'))
                        .forEach(packages::add);
            }
        }
        String document = Files.readString(ROOT.resolve("ARCHITECTURE.md"));
        int start = document.indexOf("<!-- code map -->");
        String map = document.substring(start, document.indexOf("\n## ", start));
        List<String> listed =
                ROW.matcher(map).results().map(r -> r.group(1)).collect(Collectors.toList());
        assertThat(listed).doesNotHaveDuplicates();
        assertThat(listed).containsExactlyInAnyOrderElementsOf(packages);
    }
}
