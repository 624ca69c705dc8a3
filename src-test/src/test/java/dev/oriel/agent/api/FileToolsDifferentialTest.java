package dev.oriel.agent.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.testing.claude.FakeReply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The tools on files of the CLI and of the agent on the Messages API give the same results.
@Timeout(300)
class FileToolsDifferentialTest {
    private static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg"
                + "==";

    @TempDir Path temp;
    private @Nullable AgentComparison agents;

    /// Calls of tools, each in an answer of its own.
    private static final class Calls {
        private final Path folder;
        private final List<FakeReply> replies = new ArrayList<>();

        Calls(Path folder) {
            this.folder = folder;
        }

        /// @param inputJson with `'` instead of `"`; `@` stands for the folder
        Calls call(String tool, String inputJson) {
            replies.add(
                    FakeReply.toolUse(
                            tool, inputJson.replace('\'', '"').replace("@", folder.toString())));
            return this;
        }

        List<FakeReply> done() {
            replies.add(FakeReply.text("Done"));
            return replies;
        }
    }

    @BeforeEach
    void begin() throws Exception {
        agents =
                new AgentComparison(temp)
                        .withMode("acceptEdits")
                        .withTools("Read", "Edit", "Write", "NotebookEdit", "Glob", "Grep");
    }

    @AfterEach
    void end() {
        if (agents != null) {
            agents.close();
        }
    }

    @Test
    void read() throws Exception {
        compare(folder ->
                new Calls(folder)
                        .call("Read", "{'file_path':'@/a.txt'}")
                        .call("Read", "{'file_path':'@/a.txt'}")
                        .call("Read", "{'file_path':'@/big.txt','offset':10,'limit':3}")
                        .call("Read", "{'file_path':'@/a.txt','offset':100}")
                        .call("Read", "{'file_path':'@/empty.txt'}")
                        .call("Read", "{'file_path':'@/crlf.txt'}")
                        .call("Read", "{'file_path':'@/long.txt'}")
                        .call("Read", "{'file_path':'dup.txt'}")
                        .done());
    }

    @Test
    void readWithFaults() throws Exception {
        compare(folder ->
                new Calls(folder)
                        .call("Read", "{'file_path':'@/a.tx'}")
                        .call("Read", "{'file_path':'@/sub'}")
                        .call("Read", "{'file_path':'@/bin.dat'}")
                        .call("Read", "{}")
                        .call("Read", "{'file_path':7}")
                        .call("Read", "{'file_path':'@/a.txt','zz':1}")
                        .done());
    }

    @Test
    void readImageAndNotebook() throws Exception {
        compare(folder ->
                new Calls(folder)
                        .call("Read", "{'file_path':'@/p.png'}")
                        .call("Read", "{'file_path':'@/nb.ipynb'}")
                        .done());
    }

    @Test
    void edit() throws Exception {
        compare(folder ->
                new Calls(folder)
                        .call("Read", "{'file_path':'@/a.txt'}")
                        .call("Read", "{'file_path':'@/dup.txt'}")
                        .call("Read", "{'file_path':'@/crlf.txt'}")
                        .call(
                                "Edit",
                                "{'file_path':'@/a.txt','old_string':'two','new_string':'TWO'}")
                        .call("Edit", "{'file_path':'@/a.txt','old_string':'zz','new_string':'q'}")
                        .call(
                                "Edit",
                                "{'file_path':'@/a.txt','old_string':'one','new_string':'one'}")
                        .call("Edit", "{'file_path':'@/dup.txt','old_string':'x','new_string':'w'}")
                        .call(
                                "Edit",
                                "{'file_path':'@/dup.txt','old_string':'x','new_string':'w',"
                                        + "'replace_all':true}")
                        .call("Edit", "{'file_path':'@/nope.py','old_string':'1','new_string':'2'}")
                        .call(
                                "Edit",
                                "{'file_path':'@/new2.txt','old_string':'','new_string':'hey\\n'}")
                        .call(
                                "Edit",
                                "{'file_path':'@/crlf.txt','old_string':'one\\ntwo',"
                                        + "'new_string':'1\\n2'}")
                        .call(
                                "Edit",
                                "{'file_path':'@/a.txt','old_string':'three\\n','new_string':''}")
                        .call(
                                "Edit",
                                "{'file_path':'@/sub/b.py','old_string':'1','new_string':'2'}")
                        .done());
    }

    @Test
    void write() throws Exception {
        compare(folder ->
                new Calls(folder)
                        .call("Write", "{'file_path':'@/new.txt','content':'a\\nb\\n'}")
                        .call("Write", "{'file_path':'@/deep/er/new.txt','content':'a'}")
                        .call("Write", "{'file_path':'@/sub/b.py','content':'x=1\\n'}")
                        .call("Read", "{'file_path':'@/a.txt'}")
                        .call("Write", "{'file_path':'@/a.txt','content':'all new\\n'}")
                        .call("Write", "{'file_path':'@/a.txt','content':'all new\\n'}")
                        .call("Write", "{'file_path':'@/sub','content':'x'}")
                        .call("Write", "{'file_path':'@/none.txt'}")
                        .call("Write", "{'file_path':'@/void.txt','content':''}")
                        .done());
    }

    @Test
    void notebookEdit() throws Exception {
        compare(folder ->
                new Calls(folder)
                        .call("Read", "{'file_path':'@/nb.ipynb'}")
                        .call(
                                "NotebookEdit",
                                "{'notebook_path':'@/nb.ipynb','cell_id':'c1','new_source':'print(2)'}")
                        .call(
                                "NotebookEdit",
                                "{'notebook_path':'@/nb.ipynb','cell_id':'c1','new_source':'# x',"
                                        + "'cell_type':'markdown','edit_mode':'insert'}")
                        .call(
                                "NotebookEdit",
                                "{'notebook_path':'@/nb.ipynb','cell_id':'zz','new_source':'x'}")
                        .call(
                                "NotebookEdit",
                                "{'notebook_path':'@/nb.ipynb','cell_id':'c1','new_source':'',"
                                        + "'edit_mode':'delete'}")
                        .call(
                                "NotebookEdit",
                                "{'notebook_path':'@/a.txt','cell_id':'c1','new_source':'x'}")
                        .done());
    }

    @Test
    void globAndGrep() throws Exception {
        compare(folder ->
                new Calls(folder)
                        .call("Glob", "{'pattern':'**/*.py'}")
                        .call("Glob", "{'pattern':'**/*.zzz'}")
                        .call("Glob", "{'pattern':'*','path':'@/none'}")
                        .call("Grep", "{'pattern':'line 499'}")
                        .call("Grep", "{'pattern':'line 499$','output_mode':'content'}")
                        .call("Grep", "{'pattern':'line 499$','output_mode':'content','-C':1}")
                        .call(
                                "Grep",
                                "{'pattern':'line 499$','output_mode':'content',"
                                        + "'path':'@/big.txt','-n':false}")
                        .call("Grep", "{'pattern':'line','output_mode':'count'}")
                        .call(
                                "Grep",
                                "{'pattern':'line','output_mode':'content','head_limit':2,"
                                        + "'offset':1}")
                        .call("Grep", "{'pattern':'qqqqq'}")
                        .call("Grep", "{'pattern':'qqqqq','output_mode':'content'}")
                        .call("Grep", "{'pattern':'('}")
                        .call("Grep", "{'pattern':'LINE 77$','-i':true,'output_mode':'content'}")
                        .call("Grep", "{'pattern':'return','type':'py'}")
                        .call("Grep", "{'pattern':'return','glob':'*.txt'}")
                        .done());
    }

    private void compare(Function<Path, List<FakeReply>> model) throws Exception {
        Objects.requireNonNull(agents)
                .compare(FileToolsDifferentialTest::prepare, model, run -> run.turn("go"));
    }

    private static void prepare(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("sub"));
        Files.writeString(folder.resolve("a.txt"), "one\ntwo\nthree\n");
        Files.writeString(folder.resolve("crlf.txt"), "one\r\ntwo\r\n");
        byte[] all = new byte[256];
        IntStream.range(0, 256).forEach(i -> all[i] = (byte) i);
        Files.write(folder.resolve("bin.dat"), all);
        Files.writeString(folder.resolve("empty.txt"), "");
        Files.writeString(
                folder.resolve("big.txt"),
                IntStream.range(0, 5_000)
                        .mapToObj(i -> "line " + i)
                        .collect(Collectors.joining("\n")));
        Files.writeString(folder.resolve("dup.txt"), "x\nx\ny\n");
        Files.writeString(folder.resolve("long.txt"), "z".repeat(5_000) + "\nend\n");
        Files.write(folder.resolve("p.png"), Base64.getDecoder().decode(PNG));
        Files.writeString(folder.resolve("sub/b.py"), "def f():\n    return 1\n");
        ObjectNode notebook = Json.object();
        ObjectNode cell = notebook.putArray("cells").addObject();
        cell.put("cell_type", "code").put("id", "c1");
        cell.putArray("source").add("print(1)\n").add("2");
        ObjectNode output = cell.putArray("outputs").addObject();
        output.put("output_type", "stream").put("name", "stdout");
        output.putArray("text").add("1\n");
        cell.put("execution_count", 1).putObject("metadata");
        notebook.putObject("metadata").putObject("language_info").put("name", "python");
        notebook.put("nbformat", 4).put("nbformat_minor", 5);
        Files.write(
                folder.resolve("nb.ipynb"), notebook.toString().getBytes(StandardCharsets.UTF_8));
    }
}
