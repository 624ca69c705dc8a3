package dev.oriel.agent.api.tool.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.api.tool.InputCheck;
import dev.oriel.agent.api.tool.Tool;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.message.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Results of Glob, Grep and LS, as CLI 2.1.332 has them for the same files.
class SearchToolsTest {
    @TempDir Path temp;
    private SearchSample sample;

    @BeforeEach
    void make() throws Exception {
        sample = new SearchSample(temp);
    }

    private String glob(String input) throws InterruptedException {
        return sample.glob(input).content().asText();
    }

    private String grep(String input) throws InterruptedException {
        return sample.grep(input).content().asText();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "*.py | ignored/i.py src/deep/d.py top.py .hidden/h.py .dot.py src/m.py bin.py"
                        + " dotign.py",
                "**/*.py | ignored/i.py src/deep/d.py top.py .hidden/h.py .dot.py src/m.py bin.py"
                        + " dotign.py",
                "src/*.py | src/m.py",
                "**/*.{ts,TXT} | src/t.ts src/b.TXT",
                "src/**/*.py | src/deep/d.py src/m.py",
                "src | No files found",
                "../* | No files found",
                "SRC/*.py | No files found",
                "[st]*/m.?y | src/m.py",
                ".git/** | No files found"
            })
    void globFindsFilesChangedLastAtTheEnd(String pattern, String paths) throws Exception {
        assertThat(glob("{'pattern':'" + pattern + "'}").split("\n"))
                .containsExactly(
                        paths.equals("No files found") ? new String[] {paths} : paths.split(" "));
    }

    @Test
    void globSearchesTheFolderOfAnAbsolutePattern() throws Exception {
        String root = sample.root.toString();
        assertThat(glob("{'pattern':'" + root + "/src/**/*.py'}"))
                .isEqualTo("src/deep/d.py\nsrc/m.py");
        assertThat(glob("{'pattern':'" + root + "/top.py'}")).isEqualTo("top.py");
        assertThat(glob("{'pattern':'!*.py','path':'src'}")).isEqualTo("src/t.ts\nsrc/b.TXT");
    }

    @Test
    void globShowsAtMostAHundredFiles() throws Exception {
        ToolOutcome outcome = sample.glob("{'pattern':'*.zz'}");
        assertThat(outcome.content().asText())
                .startsWith("many/f000.zz\nmany/f001.zz\n")
                .endsWith(
                        "\n(Showing 100 of 130 matching files; 30 more are not listed. Narrow the"
                                + " pattern or path to see the rest.)");
        JsonNode json = outcome.structured();
        assertThat(json.path("filenames")).hasSize(100);
        assertThat(json.path("truncated").asBoolean()).isTrue();
        assertThat(json.path("totalMatches").asInt()).isEqualTo(130);
        assertThat(json.path("countIsComplete").asBoolean()).isTrue();
    }

    @Test
    void pathsThatAreNoFoldersAreNamed() throws Exception {
        assertThat(glob("{'pattern':'*','path':'none'}"))
                .isEqualTo(
                        "Directory does not exist: none. Note: your current working directory is "
                                + sample.root
                                + ".");
        assertThat(glob("{'pattern':'*','path':'top.py'}"))
                .isEqualTo("Path is not a directory: top.py");
        assertThat(grep("{'pattern':'a','path':'none'}"))
                .isEqualTo(
                        "Path does not exist: none. Note: your current working directory is "
                                + sample.root
                                + ".");
        assertThat(glob("{'pattern':'['}")).contains("unclosed character class");
        assertThat(glob("{'pattern':'{a'}")).contains("unclosed alternate group");
    }

    @Test
    void grepListsFilesChangedLastFirst() throws Exception {
        ToolOutcome outcome = sample.grep("{'pattern':'needle'}");
        assertThat(outcome.content().asText())
                .isEqualTo(
                        """
                        Found 11 files
                        lat.txt
                        u16.txt
                        crlf.txt
                        long.txt
                        src/b.TXT
                        src/t.ts
                        src/m.py
                        .dot.py
                        .hidden/h.py
                        top.py
                        src/deep/d.py\
                        """);
        assertThat(outcome.structured().path("numFiles").asInt()).isEqualTo(11);
        assertThat(outcome.structured().path("totalFiles").asInt()).isEqualTo(11);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'pattern':'needle','output_mode':'content','path':'src/m.py' "
                        + "| 2:needle m/4:needle two",
                "'pattern':'needle','output_mode':'content','path':'src/m.py','context':1 "
                        + "| 1-x/2:needle m/3-y/4:needle two/5-z",
                "'pattern':'needle','output_mode':'count','path':'src/m.py' "
                        + "| src#m.py:2//Found 2 total occurrences across 1 file.",
                "'pattern':'needle','output_mode':'content','path':'bin.py' |"
                    + " 1:needle/3:needle/binary file matches (found \"\\0\" byte around offset 7)",
                "'pattern':'needle','path':'bin.py' | Found 1 file/bin.py",
                "'pattern':'needle','output_mode':'content','path':'a.log' | 1:needle",
                "'pattern':'no such' | No files found",
                "'pattern':'no such','output_mode':'content' | No matches found",
                "'pattern':'k','glob':'*.zz','head_limit':3 "
                        + "| Found 3 files limit: 3/many#f129.zz/many#f128.zz/many#f127.zz",
                "'pattern':'k','glob':'*.zz','head_limit':3,'offset':128 "
                        + "| Found 2 files offset: 128/many#f001.zz/many#f000.zz",
                "'pattern':'k','glob':'*.zz','head_limit':2,'output_mode':'count' "
                        + "| many#f000.zz:1/many#f001.zz:1//Found 130 total occurrences across 130 "
                        + "files. with pagination = limit: 2",
                "'pattern':'needle','head_limit':2,'output_mode':'content' "
                        + "| .dot.py:1:needle/.hidden#h.py:1:needle//"
                        + "[Showing results with pagination = limit: 2]",
                "'pattern':'needle','offset':100,'output_mode':'content' "
                        + "| No entries at this offset//"
                        + "[Showing results with pagination = offset: 100]",
                "'pattern':'[ef][no][do]','output_mode':'content','-B':1,'path':'long.txt' "
                        + "| 1-[Omitted long context line]/2:[Omitted long matching line]/3:end"
            })
    void grepWritesItsResultsAsTheCliDoes(String input, String expected) throws Exception {
        assertThat(grep("{" + input + "}"))
                .isEqualTo(expected.replace('/', '\n').replace('#', '/'));
    }

    @Test
    void grepDescribesTheShownPart() throws Exception {
        JsonNode json =
                sample.grep(
                                "{'pattern':'needle','head_limit':2,'offset':1,'output_mode':'content'}")
                        .structured();
        assertThat(json)
                .isEqualTo(
                        Json.parseStored(
                                """
                                {"mode":"content","numFiles":0,"filenames":[],
                                "content":".hidden/h.py:1:needle\\ncrlf.txt:2:needle c",
                                "numLines":2,"totalLines":12,"appliedLimit":2,"appliedOffset":1}
                                """));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'pattern':'a','head_limit':-1}",
                "{'pattern':'a','head_limit':1.5}",
                "{'pattern':'a','offset':-2}",
                "{'pattern':'a','-A':-1}",
                "{'pattern':'a\\u0000'}",
                "{'pattern':'a','path':'x\\u0000'}",
                "{'pattern':'a','glob':'\\u0000'}"
            })
    void faultsAreFoundBeforeThePermissionIsAskedFor(String input) throws Exception {
        assertThat(sample.grep(input)).isInstanceOf(ToolOutcome.Fail.class);
        assertThat(grep(input)).startsWith("<tool_use_error>");
    }

    @Test
    void hugeArgumentsAreRejectedOrHarmless() throws Exception {
        String huge = "a".repeat(100_000);
        assertThat(grep("{'pattern':'" + huge + "'}")).contains("longer than");
        assertThat(grep("{'pattern':'a','glob':'" + huge + "'}")).contains("too long");
        assertThat(glob("{'pattern':'" + "{a,b}".repeat(20) + "'}")).contains("too many");
        assertThat(grep("{'pattern':'" + "(".repeat(4_000) + "a" + ")".repeat(4_000) + "'}"))
                .isNotBlank();
        assertThat(grep("{'pattern':'x{9999}'}")).isNotBlank();
        assertThat(grep("{'pattern':'needle','head_limit':1e300,'-A':1e300}"))
                .startsWith("Found 11 files");
    }

    @Test
    void anExpressionThatTakesExponentialTimeIsCancelled() throws Exception {
        sample.write("evil.txt", "a".repeat(60) + "!\n", 1);
        Thread.ofVirtual().start(() -> sample.calls.cancel().cancel());
        assertThatThrownBy(() -> grep("{'pattern':'(a+)+(a+)+$','path':'evil.txt'}"))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void linksAreNotFollowedOutOfTheFolder() throws Exception {
        Path outside = Files.createDirectories(temp.resolve("outside"));
        Files.writeString(outside.resolve("secret.py"), "needle secret\n");
        Files.createSymbolicLink(sample.root.resolve("way"), outside);
        Files.createSymbolicLink(sample.root.resolve("file.py"), outside.resolve("secret.py"));
        Files.createSymbolicLink(sample.root.resolve("loop"), sample.root);
        assertThat(grep("{'pattern':'secret'}")).isEqualTo("No files found");
        assertThat(glob("{'pattern':'secret*'}")).isEqualTo("No files found");
        assertThat(glob("{'pattern':'file.py'}")).isEqualTo("No files found");
        assertThat(sample.list("{'path':'" + sample.root + "'}").content().asText())
                .contains("\n  - loop\n", "\n  - way")
                .doesNotContain("secret");
    }

    @Test
    void specialFilesAreNotOpened() throws Exception {
        Path fifo = sample.root.resolve("pipe");
        org.junit.jupiter.api.Assumptions.assumeTrue(
                new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor() == 0,
                "skipped: no mkfifo");
        assertThat(grep("{'pattern':'needle','path':'pipe'}"))
                .isEqualTo("Path is neither a file nor a folder: pipe");
        assertThat(grep("{'pattern':'needle','path':'/dev/zero'}")).startsWith("Path is neither");
        assertThat(grep("{'pattern':'needle'}")).startsWith("Found 11 files");
        assertThat(glob("{'pattern':'pip*'}")).isEqualTo("No files found");
    }

    @Test
    void matchesAreFoundInAllBlocksOfALargeFile() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= 300_000; i++) {
            text.append(i % 50_000 == 0 ? "the mark " : "some other line of text ")
                    .append(i)
                    .append('\n');
        }
        sample.write("large.txt", text.toString(), 1);
        assertThat(text.length()).isGreaterThan(8 << 20);
        assertThat(
                        grep(
                                "{'pattern':'mark"
                                    + " [0-9]+','-C':1,'output_mode':'content','path':'large.txt'}"))
                .startsWith(
                        "49999-some other line of text 49999\n50000:the mark 50000\n"
                                + "50001-some other line of text 50001\n--\n99999-")
                .endsWith("\n300000:the mark 300000");
        assertThat(grep("{'pattern':'[0-9]0000$','output_mode':'count','path':'large.txt'}"))
                .startsWith("large.txt:30\n");
        assertThat(grep("{'pattern':'line .* 12345$','output_mode':'content','path':'large.txt'}"))
                .isEqualTo("12345:some other line of text 12345");
    }

    @Test
    void listShowsATree() throws Exception {
        assertThat(sample.list("{'path':'" + sample.root + "/src'}").content().asText())
                .isEqualTo(
                        "- "
                                + sample.root
                                + "/src/\n  - b.TXT\n  - deep/\n    - d.py\n  - m.py\n  - t.ts");
        assertThat(
                        sample.list("{'path':'" + sample.root + "/src','ignore':['deep','*.ts']}")
                                .content()
                                .asText())
                .isEqualTo("- " + sample.root + "/src/\n  - b.TXT\n  - m.py");
        for (int i = 0; i < 1_200; i++) {
            Files.createFile(sample.root.resolve("many/g" + i));
        }
        assertThat(sample.list("{'path':'" + sample.root + "'}").content().asText())
                .startsWith("There are more than 1000 entries.")
                .contains("- top.py");
        assertThat(sample.list("{'path':'nope'}").content().asText())
                .startsWith("Directory does not exist: nope.");
    }

    @Test
    void theSchemasRejectWrongInput() {
        for (Tool tool : SearchTools.all("")) {
            assertThat(InputCheck.check(tool.name(), tool.inputSchema(), Json.object()))
                    .isInstanceOf(InputCheck.Result.Invalid.class);
            assertThat(
                            InputCheck.check(
                                    tool.name(),
                                    tool.inputSchema(),
                                    Json.parseStored("{\"pattern\":7,\"path\":[],\"zz\":1}")))
                    .isInstanceOf(InputCheck.Result.Invalid.class);
            assertThat(tool.isReadOnly()).isTrue();
        }
    }
}
