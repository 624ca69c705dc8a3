package dev.oriel.agent.api.tool.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.message.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Compares the results of Grep with ripgrep and without it. Skipped where there is no ripgrep.
class RipgrepAgreementProcessTest {
    private static final String PATH = System.getenv().getOrDefault("PATH", "");

    @TempDir Path temp;
    private SearchSample sample;

    @BeforeEach
    void make() throws Exception {
        assumeTrue(Ripgrep.find(PATH) != null, "skipped: there is no ripgrep 13 or newer");
        sample = new SearchSample(temp);
    }

    private void assertSame(String input) throws InterruptedException {
        ToolOutcome with = sample.grep(input, PATH);
        ToolOutcome without = sample.grep(input);
        assertThat(without.content().asText()).as(input).isEqualTo(with.content().asText());
        assertThat(without.structured()).as(input).isEqualTo(with.structured());
        assertThat(with).as(input).isInstanceOf(ToolOutcome.Ok.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'pattern':'needle'}",
                "{'pattern':'needle','output_mode':'content'}",
                "{'pattern':'needle','output_mode':'count'}",
                "{'pattern':'needle','glob':'*.py'}",
                "{'pattern':'needle','glob':'*.{py,ts}'}",
                "{'pattern':'needle','glob':'*.py,*.ts'}",
                "{'pattern':'needle','glob':'*.py *.log'}",
                "{'pattern':'needle','glob':'src/**'}",
                "{'pattern':'needle','glob':'/src/*'}",
                "{'pattern':'needle','glob':'!*.py'}",
                "{'pattern':'needle','glob':'!src'}",
                "{'pattern':'needle','glob':'*.log'}",
                "{'pattern':'needle','glob':'ignored/**'}",
                "{'pattern':'needle','glob':'*.[pt][ys]','path':'src'}",
                "{'pattern':'needle','type':'py'}",
                "{'pattern':'needle','type':'ts'}",
                "{'pattern':'needle','type':'ts','glob':'*.py'}",
                "{'pattern':'k','head_limit':3,'offset':128}",
                "{'pattern':'k','output_mode':'count','head_limit':2}",
                "{'pattern':'needle.*\\\\n.*y','multiline':true,'output_mode':'content'}",
                "{'pattern':'x.needle','multiline':true,'output_mode':'content'}",
                "{'pattern':'needle.*?[yz]','multiline':true,'output_mode':'content','path':'src'}",
                "{'pattern':'needle.*?[yz]','multiline':true,'output_mode':'count','path':'src'}",
                "{'pattern':'^y$','multiline':true,'output_mode':'content','-C':1}",
                "{'pattern':'NEEDLE M','-i':true,'output_mode':'content'}",
                "{'pattern':'n[e]+dle','-i':true,'output_mode':'count'}",
                "{'pattern':'needle|two','-o':true,'output_mode':'content','path':'src'}",
                "{'pattern':'[a-z]+','-o':true,'output_mode':'content','path':'src'}",
                "{'pattern':'needle','-A':1,'output_mode':'content','path':'src'}",
                "{'pattern':'needle','-B':1,'output_mode':'content'}",
                "{'pattern':'needle','-n':false,'-C':1,'output_mode':'content','path':'src'}",
                "{'pattern':'end|foo','-B':1,'output_mode':'content'}",
                "{'pattern':'-needle'}",
                "{'pattern':'needle c$','output_mode':'content'}",
                "{'pattern':'needle c\\\\r$','output_mode':'content'}",
                "{'pattern':''}",
                "{'pattern':'^','output_mode':'content','path':'src'}",
                "{'pattern':'$','output_mode':'count','path':'src'}",
                "{'pattern':'^$','output_mode':'content'}",
                "{'pattern':'z*','output_mode':'content','path':'src'}",
                "{'pattern':'\\\\s','output_mode':'content'}",
                "{'pattern':'[^a]','output_mode':'content','path':'src'}",
                "{'pattern':'\\\\bneedle\\\\b\\\\W\\\\w','output_mode':'content'}",
                "{'pattern':'(?P<word>needle) (?:two|m)','output_mode':'content'}",
                "{'pattern':'(?i)NEEDLE','output_mode':'content','path':'src'}",
                "{'pattern':'\\\\x6eeedle\\\\x{20}t','output_mode':'content'}",
                "{'pattern':'[[:alpha:]]{6} [[:word:]]','output_mode':'content'}",
                "{'pattern':'needle','path':'ignored','output_mode':'content'}",
                "{'pattern':'needle','path':'src/../src/deep','output_mode':'content'}",
                "{'pattern':'needle','output_mode':'content','offset':100}"
            })
    void theResultsAreTheSame(String input) throws Exception {
        assertSame(input);
    }

    @Test
    void linesAtTheLimitOfLengthAreShownTheSame() throws Exception {
        for (int length = 498; length <= 502; length++) {
            sample.write("w" + length, "w".repeat(length) + "\n", 1);
            sample.write("v" + length, "w".repeat(length), 1);
            sample.write("r" + length, "w".repeat(length) + "\r\n", 1);
        }
        assertSame("{'pattern':'www','output_mode':'content'}");
        assertSame("{'pattern':'w+','-o':true,'output_mode':'content'}");
    }

    @Test
    void marksOfTheByteOrderAreRemoved() throws Exception {
        sample.write("bom8", "\ufeffmark one\nmark two\n", 1);
        sample.write("bom16", "\ufeffmark b\nmark \u00e9\n".getBytes(StandardCharsets.UTF_16BE), 1);
        sample.write("unicode", "M\u00c4RK \u0416\nmark\u00e9\n", 1);
        assertSame("{'pattern':'^mark','output_mode':'content'}");
        assertSame("{'pattern':'m\u00e4rk \u0436','-i':true,'output_mode':'content'}");
        assertSame("{'pattern':'mark\\\\b','output_mode':'content'}");
        assertSame("{'pattern':'\\\\p{Cyrillic}','output_mode':'content'}");
    }

    @Test
    void repositoriesInsideOfARepositoryHaveTheirOwnRules() throws Exception {
        sample.write("inner/.git/HEAD", "ref: refs/heads/main\n", 1);
        sample.write("inner/.gitignore", "x\n", 1);
        sample.write("inner/a.log", "nested\n", 1);
        sample.write("inner/x", "nested\n", 1);
        sample.write("plain/.gitignore", "/x\n!a.log\n", 1);
        sample.write("plain/a.log", "nested\n", 1);
        sample.write("plain/x", "nested\n", 1);
        sample.write("plain/sub/x", "nested\n", 1);
        sample.write("plain/.rgignore", "sub\n", 1);
        assertSame("{'pattern':'nested','output_mode':'content'}");
        assertSame("{'pattern':'nested','path':'plain/sub','output_mode':'content'}");
        assertSame("{'pattern':'nested','path':'inner','output_mode':'content'}");
    }

    @Test
    void randomFoldersAndPatternsGiveTheSameLines() throws Exception {
        Random random = new Random(20261128);
        List<String> names = List.of("a", "b", "c.txt", "d.py", ".h", "e f");
        List<String> words =
                List.of("alpha", "beta", "Gamma", "", "x1", "foo(bar)", "  z", "\u00e9a");
        List<String> patterns =
                List.of(
                        "a",
                        "[ab]+",
                        "^\\\\s*$",
                        "\\\\w+\\\\d",
                        "(?i)gamma",
                        "a$",
                        "^.{4,5}$",
                        "foo\\\\(",
                        "beta|alpha",
                        "[^a-z]",
                        "x?z",
                        "\\\\bz",
                        "a.*a",
                        "\\\\S\\\\s\\\\S");
        for (int round = 0; round < 25; round++) {
            String folder = "r" + round;
            for (int f = 0; f < 12; f++) {
                StringBuilder text = new StringBuilder();
                for (int line = random.nextInt(9); line > 0; line--) {
                    for (int word = random.nextInt(3); word >= 0; word--) {
                        text.append(words.get(random.nextInt(words.size()))).append(' ');
                    }
                    text.append(line == 1 && random.nextBoolean() ? "" : "\n");
                }
                String name = names.get(random.nextInt(names.size()));
                String path = folder + "/s" + random.nextInt(3) + "/" + name;
                sample.write(path, text.toString(), random.nextInt(5));
            }
            ObjectNode input =
                    Json.object()
                            .put("path", folder)
                            .put("-A", random.nextInt(3))
                            .put("-B", random.nextInt(3))
                            .put("-i", random.nextInt(4) == 0)
                            .put("output_mode", random.nextInt(3) == 0 ? "count" : "content");
            for (String pattern : patterns) {
                assertSame(
                        input.put("pattern", "")
                                .toString()
                                .replace("\"pattern\":\"\"", "\"pattern\":\"" + pattern + "\""));
            }
        }
    }

    @Test
    void whatRipgrepRejectsIsRejected() throws Exception {
        for (String pattern :
                List.of(
                        "(",
                        "(?=a)b",
                        "(?<!a)b",
                        "a\\\\1",
                        "[a",
                        "*a",
                        "a{2",
                        "a{",
                        "\\\\Qa",
                        "a**(",
                        "a\\\\n",
                        "(?z)",
                        "\\\\p{Nope}",
                        "a)",
                        "x{2,1}",
                        "(?>a)")) {
            String input = "{'pattern':'" + pattern + "'}";
            assertThat(sample.grep(input, PATH)).as(pattern).isInstanceOf(ToolOutcome.Fail.class);
            assertThat(sample.grep(input)).as(pattern).isInstanceOf(ToolOutcome.Fail.class);
        }
        for (String more : List.of("'glob':'['", "'glob':'{a'", "'type':'nosuch'")) {
            String input = "{'pattern':'a'," + more + "}";
            assertThat(sample.grep(input, PATH)).as(more).isInstanceOf(ToolOutcome.Fail.class);
            assertThat(sample.grep(input)).as(more).isInstanceOf(ToolOutcome.Fail.class);
        }
    }

    @Test
    void aFolderThatCannotBeReadDoesNotEndTheSearch() throws IOException, InterruptedException {
        Path locked = sample.root.resolve("locked");
        Files.createDirectories(locked);
        sample.write("locked/x", "needle\n", 1);
        assumeTrue(locked.toFile().setReadable(false), "skipped: no permissions here");
        try {
            assertSame("{'pattern':'needle','output_mode':'content'}");
        } finally {
            assertThat(locked.toFile().setReadable(true)).isTrue();
        }
    }
}
