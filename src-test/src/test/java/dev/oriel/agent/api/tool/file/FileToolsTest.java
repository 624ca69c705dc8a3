package dev.oriel.agent.api.tool.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.message.Json;
import dev.oriel.testing.api.RecordedCalls;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Results of Read, Write, Edit and MultiEdit, as CLI 2.1.332 has them, and hostile files.
class FileToolsTest {
    private static final String STATE =
            " (file state is current in your context — no need to Read it back)";

    @TempDir Path temp;
    private Path root;
    private RecordedCalls calls;
    private final ReadTool reader = new ReadTool();

    @BeforeEach
    void make() throws IOException {
        root = Files.createDirectories(temp.toRealPath().resolve("work"));
        calls = new RecordedCalls(root, temp.resolve("private"));
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(root.resolve(name), text);
    }

    private ToolOutcome read(String name) throws InterruptedException {
        return calls.call(reader, "file_path", name);
    }

    private ToolOutcome read(String name, long offset, long limit) throws InterruptedException {
        return calls.call(
                reader,
                Json.object().put("file_path", name).put("offset", offset).put("limit", limit));
    }

    private ToolOutcome edit(String name, String from, String to) throws InterruptedException {
        return calls.call(new EditTool(), "file_path", name, "old_string", from, "new_string", to);
    }

    private ToolOutcome write(String name, String content) throws InterruptedException {
        return calls.call(new WriteTool(), "file_path", name, "content", content);
    }

    private static String text(ToolOutcome outcome) {
        return outcome.content().asText();
    }

    private static JsonNode json(String text) {
        return Json.parseStored(text.replace('\'', '"'));
    }

    private void assertNoOtherFiles(String... names) throws IOException {
        try (Stream<Path> files = Files.list(root)) {
            assertThat(files.map(f -> f.getFileName().toString())).containsExactlyInAnyOrder(names);
        }
    }

    @Test
    void readNumbersLines() throws Exception {
        file("a.txt", "one\ntwo\nthree\n");
        ToolOutcome outcome = read("a.txt");
        assertThat(text(outcome)).isEqualTo("1\tone\n2\ttwo\n3\tthree\n4\t");
        assertThat(outcome.structured())
                .hasToString(
                        json("{'type':'text','file':{'filePath':'a.txt','content':"
                                        + "'one\\ntwo\\nthree\\n','numLines':4,"
                                        + "'startLine':1,'totalLines':4}}")
                                .toString());
        file("crlf.txt", "one\r\ntwo\r\n");
        assertThat(text(read("crlf.txt"))).isEqualTo("1\tone\n2\ttwo\n3\t");
        assertThat(text(read("a.txt", 2, 1))).isEqualTo("2\ttwo");
        assertThat(text(read("a.txt", 0, 1))).isEqualTo("1\tone");
        assertThat(text(read("a.txt", 3, 9))).isEqualTo("3\tthree\n4\t");
        assertThat(text(read("a.txt", 100, 1)))
                .isEqualTo(
                        "<system-reminder>Warning: the file exists but is shorter than the provided"
                                + " offset (100). The file has 4 lines.</system-reminder>");
        file("empty.txt", "");
        assertThat(text(read("empty.txt"))).contains("the contents are empty");
        file("long.txt", "z".repeat(5_000) + "\nend");
        assertThat(text(read("long.txt"))).isEqualTo("1\t" + "z".repeat(5_000) + "\n2\tend");
    }

    @Test
    void readSaysWhyAFileCannotBeRead() throws Exception {
        file("a.txt", "x");
        Files.createDirectory(root.resolve("sub"));
        Files.write(root.resolve("bin.dat"), new byte[] {1, 0, 2});
        assertThat(text(read("a.tx")))
                .isEqualTo(
                        "File does not exist. Note: your current working directory is "
                                + root
                                + ". Did you mean a.txt?");
        assertThat(text(read("sub")))
                .isEqualTo("EISDIR: illegal operation on a directory, read 'sub'");
        assertThat(text(read("bin.dat")))
                .startsWith(
                        "<tool_use_error>This tool cannot read binary files. The file appears to"
                                + " be a binary .dat file.");
        assertThat(text(read("a\0b"))).startsWith("<tool_use_error>The path is empty");
        assertThat(text(read(""))).startsWith("<tool_use_error>The path is empty");
        assertThat(text(read("x".repeat(5_000)))).isNotBlank();
    }

    @Test
    void specialFilesAreNeverOpened() throws Exception {
        assumeTrue(
                new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start().waitFor()
                        == 0,
                "skipped: no mkfifo");
        Files.createSymbolicLink(root.resolve("way"), root.resolve("pipe"));
        for (String name : new String[] {"pipe", "way", "/dev/zero"}) {
            assertThat(text(read(name))).contains("special files");
            assertThat(text(edit(name, "a", "b"))).contains("special files");
            assertThat(text(write(name, "b"))).contains("special files");
        }
    }

    @Test
    void editReplacesOneText() throws Exception {
        file("a.txt", "one\ntwo\nthree\n");
        ToolOutcome unread = edit("a.txt", "two", "TWO");
        assertThat(text(unread)).isEqualTo("The file a.txt has been updated successfully.");
        assertThat(unread.structured())
                .isEqualTo(
                        json(
                                "{'filePath':'a.txt','oldString':'two','newString':'TWO',"
                                        + "'originalFile':'one\\ntwo\\nthree\\n','structuredPatch':"
                                        + "[{'oldStart':1,'oldLines':3,'newStart':1,'newLines':3,"
                                        + "'lines':[' one','-two','+TWO',' three']}],"
                                        + "'userModified':false,'replaceAll':false,"
                                        + "'contentNotInModelContext':true}"));
        read("a.txt");
        assertThat(text(edit("a.txt", "one", "1")))
                .isEqualTo("The file a.txt has been updated successfully." + STATE);
        assertThat(root.resolve("a.txt")).hasContent("1\nTWO\nthree\n");
        assertNoOtherFiles("a.txt");
    }

    @Test
    void editRefusesWhatIsNotClear() throws Exception {
        Path file = file("dup.txt", "x\nx\ny\n");
        assertThat(text(edit("dup.txt", "zzz", "q")))
                .isEqualTo(
                        "<tool_use_error>String to replace not found in file.\n"
                                + "String: zzz</tool_use_error>");
        assertThat(text(edit("dup.txt", "x", "x"))).contains("No changes to make");
        assertThat(text(edit("dup.txt", "x", "w"))).contains("Found 2 matches");
        assertThat(text(edit("dup.txt", "", "w"))).contains("file already exists");
        assertThat(text(edit("none.txt", "x", "w")))
                .isEqualTo(
                        "<tool_use_error>File does not exist. Note: your current working directory"
                                + " is "
                                + root
                                + ".</tool_use_error>");
        assertThat(file).hasContent("x\nx\ny\n");
        ObjectNode all =
                Json.object()
                        .put("file_path", "dup.txt")
                        .put("old_string", "x")
                        .put("new_string", "w")
                        .put("replace_all", true);
        assertThat(text(calls.call(new EditTool(), all)))
                .startsWith(
                        "The file dup.txt has been updated. All occurrences were successfully"
                                + " replaced.");
        assertThat(file).hasContent("w\nw\ny\n");
        assertThat(text(edit("new.txt", "", "hey\n")))
                .contains("updated successfully" + "." + STATE);
        assertThat(root.resolve("new.txt")).hasContent("hey\n");
    }

    @Test
    void aFileThatChangedSinceItWasReadIsNotChanged() throws Exception {
        Path file = file("a.txt", "one\ntwo\n");
        read("a.txt");
        Files.writeString(file, "one\ntwo\nXX\n");
        assertThat(text(edit("a.txt", "one", "1"))).contains("changed by the user or a program");
        assertThat(text(write("a.txt", "new"))).contains("changed by the user or a program");
        assertThat(file).hasContent("one\ntwo\nXX\n");
        read("a.txt");
        assertThat(edit("a.txt", "one", "1")).isInstanceOf(ToolOutcome.Ok.class);
        assertThat(edit("a.txt", "two", "2")).isInstanceOf(ToolOutcome.Ok.class);
        assertThat(file).hasContent("1\n2\nXX\n");
    }

    @Test
    void aFileThatChangesAtTheSameMomentIsNotChanged() throws Exception {
        Path file = file("a.txt", "one\n");
        OpenedFile opened = OpenedFile.of(FileTarget.of("a.txt", calls.context()), calls.context());
        Files.writeString(file, "two\n");
        try {
            opened.write(opened.text().with("three\n"), true, calls.context());
            throw new AssertionError("it was written");
        } catch (FileFault e) {
            assertThat(e).hasMessageContaining("at the same moment");
        }
        assertThat(file).hasContent("two\n");
        assertNoOtherFiles("a.txt");
    }

    @Test
    void lineEndsAndEncodingsAreKept() throws Exception {
        Path mixed = file("mixed.txt", "a\r\nb\nc\r\nd\r\n");
        edit("mixed.txt", "b\nc", "B\nnew\nC");
        assertThat(Files.readString(mixed)).isEqualTo("a\r\nB\r\nnew\r\nC\r\nd\r\n");
        edit("mixed.txt", "a", "A");
        Path lone = file("lone.txt", "a\rb\nc\r\n");
        edit("lone.txt", "c", "C");
        assertThat(Files.readString(lone)).isEqualTo("a\rb\nC\r\n");
        Path bom = file("bom.txt", "\ufeffone\n");
        assertThat(text(read("bom.txt"))).isEqualTo("1\tone\n2\t");
        edit("bom.txt", "one", "zwei ü");
        assertThat(Files.readString(bom)).isEqualTo("\ufeffzwei ü\n");
        Path wide = root.resolve("wide.txt");
        Files.write(wide, "\ufeffone é\r\n".getBytes(StandardCharsets.UTF_16LE));
        assertThat(text(read("wide.txt"))).isEqualTo("1\tone é\n2\t");
        edit("wide.txt", "one", "1 \ud83d\ude00");
        assertThat(Files.readString(wide, StandardCharsets.UTF_16LE))
                .isEqualTo("\ufeff1 \ud83d\ude00 é\r\n");
        Path latin = root.resolve("latin.txt");
        Files.write(latin, "caf\u00e9 one\n".getBytes(StandardCharsets.ISO_8859_1));
        edit("latin.txt", "one", "\u00fcber");
        assertThat(Files.readAllBytes(latin))
                .isEqualTo("caf\u00e9 \u00fcber\n".getBytes(StandardCharsets.ISO_8859_1));
        byte[] before = Files.readAllBytes(latin);
        assertThat(text(edit("latin.txt", "\u00fcber", "\u20ac"))).contains("ISO-8859-1");
        assertThat(Files.readAllBytes(latin)).isEqualTo(before);
    }

    @Test
    void permissionsLinksAndNamesAreKept() throws Exception {
        Path script = file("run.sh", "one\n");
        assumeTrue(
                Files.getFileStore(script).supportsFileAttributeView("posix"),
                "skipped: no POSIX permissions");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-x--x"));
        edit("run.sh", "one", "two");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(script)))
                .isEqualTo("rwxr-x--x");
        Path link = Files.createSymbolicLink(root.resolve("link.sh"), script);
        edit("link.sh", "two", "three");
        assertThat(link).isSymbolicLink();
        assertThat(script).hasContent("three\n");
        Path second = Files.createLink(root.resolve("second.sh"), script);
        edit("run.sh", "three", "four");
        assertThat(second).hasContent("four\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("r--r--r--"));
        assertThat(text(edit("run.sh", "four", "five"))).contains("read-only");
        assertThat(text(write("run.sh", "five"))).contains("read-only");
        assertThat(script).hasContent("four\n");
        assertNoOtherFiles("run.sh", "link.sh", "second.sh");
    }

    @Test
    void writeCreatesAndReplaces() throws Exception {
        ToolOutcome created = write("deep/er/new.txt", "a\nb\n");
        assertThat(text(created))
                .isEqualTo("File created successfully at: deep/er/new.txt" + STATE);
        assertThat(created.structured())
                .isEqualTo(
                        json(
                                "{'type':'create','filePath':'deep/er/new.txt','content':"
                                        + "'a\\nb\\n','structuredPatch':[],'originalFile':null,"
                                        + "'userModified':false}"));
        file("a.txt", "one\nYY\n");
        ToolOutcome updated = write("a.txt", "new");
        assertThat(text(updated))
                .isEqualTo("The file a.txt has been updated successfully." + STATE);
        assertThat(updated.structured().path("structuredPatch"))
                .isEqualTo(
                        json("{'p':[{'oldStart':1,'oldLines':2,'newStart':1,'newLines':1,"
                                        + "'lines':['-one','-YY','+new',"
                                        + "'\\\\ No newline at end of file']}]}")
                                .path("p"));
        assertThat(text(write("deep", "x")))
                .isEqualTo(
                        "<tool_use_error>deep is a directory, not a file. To create a file inside"
                                + " it, include the file name in file_path.</tool_use_error>");
        assertThat(text(write("a.txt/b", "x"))).contains("a.txt/b");
        assertThat(root.resolve("a.txt")).hasContent("new");
    }

    @Test
    void multiEditAppliesAllOrNothing() throws Exception {
        Path file = file("a.txt", "one\ntwo\n");
        JsonNode good =
                json(
                        "{'file_path':'a.txt','edits':[{'old_string':'one','new_string':'1'},"
                                + "{'old_string':'1\\ntwo','new_string':'done'}]}");
        JsonNode bad =
                json(
                        "{'file_path':'a.txt','edits':[{'old_string':'one','new_string':'1'},"
                                + "{'old_string':'none','new_string':'x'}]}");
        assertThat(text(calls.call(new MultiEditTool(), (ObjectNode) bad))).contains("not found");
        assertThat(file).hasContent("one\ntwo\n");
        assertThat(text(calls.call(new MultiEditTool(), (ObjectNode) good)))
                .isEqualTo(
                        "Applied 2 edits to a.txt:\n1. Replaced \"one\" with \"1\"\n"
                                + "2. Replaced \"1\ntwo\" with \"done\"");
        assertThat(file).hasContent("done\n");
    }

    @Test
    void aLargeFileIsReadInParts() throws Exception {
        StringBuilder line = new StringBuilder();
        for (int i = 1; i <= 700_000; i++) {
            line.append("line number ").append(i).append('\n');
        }
        file("large.log", line.toString());
        assertThat(line.length()).isGreaterThan(OpenedFile.MAX_BYTES);
        for (int round = 0; round < 2; round++) { // the second time with the index
            assertThat(text(read("large.log", 350_000, 2)))
                    .isEqualTo("350000\tline number 350000\n350001\tline number 350001");
            assertThat(text(read("large.log", 700_000, 5)))
                    .isEqualTo("700000\tline number 700000\n700001\t");
        }
        assertThat(read("large.log", 1, 1).structured().at("/file/totalLines").asInt())
                .isEqualTo(700_001);
        assertThat(text(read("large.log", 1, 600_000))).contains("more than 256 KB");
        assertThat(text(read("large.log", 700_002, 1))).contains("shorter than the provided");
        assertThat(text(edit("large.log", "line number 7\n", "x"))).contains("larger than 10 MB");
        Files.writeString(root.resolve("large.log"), line + "more\n");
        assertThat(text(read("large.log", 700_001, 1))).isEqualTo("700001\tmore");
    }

    @Test
    void imagesAreShownAndMadeSmaller() throws Exception {
        BufferedImage image = new BufferedImage(3_000, 1_000, BufferedImage.TYPE_INT_RGB);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        Files.write(root.resolve("p.png"), bytes.toByteArray());
        ToolOutcome outcome = read("p.png");
        assertThat(outcome.content().at("/0/type").asText()).isEqualTo("image");
        assertThat(outcome.content().at("/0/source/media_type").asText()).isEqualTo("image/png");
        assertThat(outcome.structured().at("/file/dimensions"))
                .isEqualTo(
                        json(
                                "{'originalWidth':3000,'originalHeight':1000,"
                                        + "'displayWidth':1568,'displayHeight':523}"));
        file("broken.png", "not an image");
        assertThat(text(read("broken.png"))).contains("not an image that can be read");
        file("s.pdf", "%PDF-1.4 x");
        assertThat(read("s.pdf").content().at("/0/text").asText())
                .isEqualTo("PDF file read: s.pdf (10 bytes)");
        assertThat(
                        calls.call(new ReadTool(), "file_path", "s.pdf", "pages", "1-2")
                                .content()
                                .at("/0/text")
                                .asText())
                .isEqualTo("PDF file read: s.pdf (10 bytes). All its pages are shown.");
        file("long.pdf", "%PDF-1.4 /Type /Pages " + "<</Type/Page>> ".repeat(101));
        assertThat(text(read("long.pdf"))).contains("has 101 pages. At most 100");
        file("broken.pdf", "no");
        assertThat(text(read("broken.pdf"))).contains("not a PDF document");
    }
}
