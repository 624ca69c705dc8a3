package dev.oriel.agent.api.tool.search;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.message.Json;
import dev.oriel.testing.api.RecordedCalls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/// A folder with files of several kinds, and searches in it.
final class SearchSample {
    final Path root;
    final RecordedCalls calls;

    SearchSample(Path temp) throws IOException {
        root = Files.createDirectories(temp.toRealPath().resolve("work"));
        calls = new RecordedCalls(root, temp.resolve("private"));
        write(".git/HEAD", "ref: refs/heads/main\n", 100);
        write(".gitignore", "ignored/\n*.log\n", 100);
        write(".ignore", "dotign.py\n", 100);
        write("ignored/i.py", "needle\n", 1000);
        write("a.log", "needle\n", 1100);
        write("src/deep/d.py", "needle\n", 1150);
        write("top.py", "needle top\n", 1200);
        write(".hidden/h.py", "needle\n", 1250);
        write(".dot.py", "needle\n", 1260);
        write("src/m.py", "x\nneedle m\ny\nneedle two\nz\n", 1300);
        write("src/t.ts", "needle\n", 1350);
        write("src/b.TXT", "needle\n", 1400);
        write("bin.py", "needle\n\0\nneedle\n", 1450);
        write(
                "long.txt",
                "needle" + "z".repeat(600) + "\nfoo " + "q".repeat(600) + "\nend\n",
                1460);
        write("crlf.txt", "a\r\nneedle c\r\nb\r\n", 1470);
        write("u16.txt", "\ufeffneedle u\n".getBytes(StandardCharsets.UTF_16LE), 1480);
        write("lat.txt", "needle \u00e9t\u00e9\n".getBytes(StandardCharsets.ISO_8859_1), 1490);
        write("dotign.py", "needle\n", 1500);
        for (int i = 0; i < 130; i++) {
            write("many/f%03d.zz".formatted(i), "k\n", 2000 + i);
        }
    }

    void write(String path, String text, long seconds) throws IOException {
        write(path, text.getBytes(StandardCharsets.UTF_8), seconds);
    }

    void write(String path, byte[] bytes, long seconds) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
        Files.setLastModifiedTime(file, FileTime.fromMillis(seconds * 1000));
    }

    ToolOutcome glob(String json) throws InterruptedException {
        return calls.call(new GlobTool(), input(json));
    }

    /// Searches without ripgrep.
    ToolOutcome grep(String json) throws InterruptedException {
        return grep(json, "");
    }

    ToolOutcome grep(String json, String searchPath) throws InterruptedException {
        return calls.call(new GrepTool(searchPath), input(json));
    }

    ToolOutcome list(String json) throws InterruptedException {
        return calls.call(new LsTool(), input(json));
    }

    private static ObjectNode input(String json) {
        return Json.parseStored(json.replace('\'', '"'));
    }
}
