package dev.oriel.agent.api.tool.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.message.Json;
import dev.oriel.testing.api.RecordedCalls;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Results of Read and NotebookEdit for Jupyter notebooks, as CLI 2.1.332 has them.
class NotebookToolsTest {
    private static final String META = "'metadata':{'language_info':{'name':'python'}}";
    private static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5E"
                + "rkJggg==";

    @TempDir Path temp;
    private Path root;
    private RecordedCalls calls;

    @BeforeEach
    void make() throws IOException {
        root = Files.createDirectories(temp.toRealPath().resolve("work"));
        calls = new RecordedCalls(root, temp.resolve("private"));
    }

    private static String code(String id, String source, String outputs) {
        return "{'cell_type':'code','id':'%s','source':%s,'outputs':[%s],'execution_count':1,'metadata':{}}"
                .formatted(id, source, outputs);
    }

    private Path notebook(String name, int minor, String... cells) throws IOException {
        String json =
                "{'cells':["
                        + String.join(",", cells)
                        + "],"
                        + META
                        + ",'nbformat':4,'nbformat_minor':"
                        + minor
                        + "}";
        return Files.writeString(root.resolve(name), json.replace('\'', '"'));
    }

    private ToolOutcome read(String name) throws InterruptedException {
        return calls.call(new ReadTool(), "file_path", name);
    }

    private ToolOutcome edit(String name, String... members) throws InterruptedException {
        ObjectNode input = Json.object().put("notebook_path", name);
        for (int i = 0; i < members.length; i += 2) {
            input.put(members[i], members[i + 1]);
        }
        return calls.call(new NotebookEditTool(), input);
    }

    private static String text(ToolOutcome outcome) {
        JsonNode content = outcome.content();
        return content.isArray() ? content.at("/0/text").asText() : content.asText();
    }

    private static JsonNode json(String text) {
        return Json.parseStored(text.replace('\'', '"'));
    }

    @Test
    void readShowsCellsWithTheirOutputs() throws Exception {
        String stream = "{'output_type':'stream','name':'stdout','text':['1\\n']}";
        notebook(
                "a.ipynb",
                5,
                code("c1", "['print(1)\\n','2']", stream),
                "{'cell_type':'markdown','id':'c2','source':['# hi'],'metadata':{}}");
        ToolOutcome outcome = read("a.ipynb");
        assertThat(text(outcome))
                .isEqualTo(
                        "<cell id=\"c1\">print(1)\n2</cell id=\"c1\">\n\n1\n\n"
                                + "<cell id=\"c2\"><cell_type>markdown</cell_type># hi"
                                + "</cell id=\"c2\">");
        assertThat(outcome.structured())
                .isEqualTo(
                        json(
                                "{'type':'notebook','file':{'filePath':'a.ipynb','cells':["
                                    + "{'cellType':'code','source':'print(1)\\n2','execution_count':1,"
                                    + "'cell_id':'c1','language':'python','outputs':["
                                    + "{'output_type':'stream','text':'1\\n'}]},{'cellType':'markdown','source':'#"
                                    + " hi','cell_id':'c2'}]}}"));
    }

    @Test
    void imagesAreBlocksAndErrorsAreTexts() throws Exception {
        notebook(
                "a.ipynb",
                5,
                code(
                        "a",
                        "'x'",
                        "{'output_type':'execute_result','execution_count':1,'metadata':{},"
                                + "'data':{'text/plain':['<Fig>\\n','two'],'image/png':['"
                                + PNG.substring(0, 40)
                                + "\\n','"
                                + PNG.substring(40)
                                + "\\n']}}"),
                code(
                        "b",
                        "'y'",
                        "{'output_type':'error','ename':'ValueError','evalue':'bad',"
                                + "'traceback':['T1','T2']}"),
                code("c", "'z'", "{'output_type':'display_data','data':{'image/png':'AAAA'}}"),
                code("d", "''", "{'output_type':'later','text':'q'}"));
        ToolOutcome outcome = read("a.ipynb");
        JsonNode content = outcome.content();
        assertThat(content.at("/0/text").asText())
                .isEqualTo("<cell id=\"a\">x</cell id=\"a\">\n\n<Fig>\ntwo");
        assertThat(content.path(1))
                .isEqualTo(
                        json(
                                "{'type':'image','source':{'type':'base64','data':'"
                                        + PNG
                                        + "','media_type':'image/png'}}"));
        assertThat(content.at("/2/text").asText())
                .isEqualTo(
                        """
                        <cell id="b">y</cell id="b">

                        ValueError: bad
                        T1
                        T2
                        <cell id="c">z</cell id="c">
                        <cell id="d"></cell id="d">

                        An output of an unknown type is not shown.\
                        """);
        assertThat(content).hasSize(3);
        assertThat(outcome.structured().at("/file/cells/0/outputs/0"))
                .isEqualTo(
                        json(
                                "{'output_type':'execute_result','text':'<Fig>\\ntwo','image':"
                                        + "{'image_data':'"
                                        + PNG
                                        + "','media_type':'image/png'}}"));
    }

    @Test
    void largeOutputsAndNotebooksAreNotShown() throws Exception {
        String long_ = "{'output_type':'stream','text':'" + "o".repeat(5_001) + "'}";
        notebook("a.ipynb", 5, code("a", "'x'", ""), code("b", "'y'", long_ + "," + long_));
        assertThat(text(read("a.ipynb")))
                .isEqualTo(
                        "<cell id=\"a\">x</cell id=\"a\">\n<cell id=\"b\">y</cell id=\"b\">\n\n"
                                + "Outputs are too large to include. Use Bash with: cat"
                                + " <notebook_path> | jq '.cells[1].outputs'");
        notebook("b.ipynb", 5, code("a", "'" + "s".repeat(300_000) + "'", ""));
        assertThat(text(read("b.ipynb"))).contains("1 cells", "At most 256 KB");
        notebook("none.ipynb", 5);
        assertThat(read("none.ipynb").content().asText())
                .isEqualTo("(Read completed with no output)");
        Files.writeString(root.resolve("huge.ipynb"), " ".repeat(OpenedFile.MAX_BYTES + 2));
        assertThat(text(read("huge.ipynb"))).contains("larger than 10 MB");
    }

    @Test
    void aLargeImageIsMadeSmallerAndImagesAreBounded() throws Exception {
        BufferedImage image = new BufferedImage(3_000, 1_000, BufferedImage.TYPE_INT_RGB);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        String data = Base64.getEncoder().encodeToString(bytes.toByteArray());
        String output = "{'output_type':'display_data','data':{'image/jpeg':'" + data + "'}}";
        notebook("a.ipynb", 5, code("a", "'x'", output));
        JsonNode source = read("a.ipynb").content().at("/1/source");
        assertThat(source.path("media_type").asText()).isEqualTo("image/png"); // what it really is
        BufferedImage shown =
                ImageIO.read(
                        new java.io.ByteArrayInputStream(
                                Base64.getDecoder().decode(source.path("data").asText())));
        assertThat(shown.getWidth()).isEqualTo(1_568);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"cells\": [|not valid JSON",
                "''|not a valid Jupyter notebook",
                "[1]|not a valid Jupyter notebook",
                "{}|not a valid Jupyter notebook",
                "{\"cells\":[{}]}|not a valid Jupyter notebook",
                "{\"cells\":[1]}|not a valid Jupyter notebook",
                "{\"cells\":[{\"source\":[1]}]}|not a valid Jupyter notebook",
                "{\"cells\":{}}|not a valid Jupyter notebook"
            })
    void otherFilesAreNoNotebooks(String content, String expected) throws Exception {
        Path file = Files.writeString(root.resolve("a.ipynb"), content);
        assertThat(read("a.ipynb")).isInstanceOf(ToolOutcome.Fail.class);
        assertThat(text(read("a.ipynb"))).contains(expected);
        assertThat(text(edit("a.ipynb", "new_source", "x", "cell_id", "a")))
                .contains("has not been read yet");
        assertThat(file).hasContent(content);
    }

    @Test
    void deepNestingIsRefused() throws Exception {
        String deep = "[".repeat(100_000);
        Files.writeString(root.resolve("a.ipynb"), "{\"cells\":[],\"metadata\":" + deep);
        assertThat(text(read("a.ipynb"))).contains("not valid JSON");
    }

    @Test
    void replacingClearsOutputs() throws Exception {
        Path file = notebook("a.ipynb", 5, code("c1", "['print(1)\\n','2']", "{'o':1}"));
        String before = Files.readString(file);
        assertThat(text(edit("a.ipynb", "new_source", "print(2)", "cell_id", "c1")))
                .isEqualTo(
                        "<tool_use_error>File has not been read yet. Read it first before writing"
                                + " to it.</tool_use_error>");
        read("a.ipynb");
        ToolOutcome outcome = edit("a.ipynb", "new_source", "print(2)", "cell_id", "c1");
        String after =
                """
                {
                 "cells": [
                  {
                   "cell_type": "code",
                   "id": "c1",
                   "source": "print(2)",
                   "outputs": [],
                   "execution_count": null,
                   "metadata": {}
                  }
                 ],
                 "metadata": {
                  "language_info": {
                   "name": "python"
                  }
                 },
                 "nbformat": 4,
                 "nbformat_minor": 5
                }\
                """;
        assertThat(Files.readString(file)).isEqualTo(after);
        assertThat(text(outcome)).isEqualTo("Updated cell c1 with print(2)");
        assertThat(outcome.structured().toString())
                .isEqualTo(
                        Json.object()
                                .put("new_source", "print(2)")
                                .put("old_source", "print(1)\n2")
                                .put("cell_type", "code")
                                .put("language", "python")
                                .put("edit_mode", "replace")
                                .put("cell_id", "c1")
                                .put("error", "")
                                .put("notebook_path", file.toString())
                                .put("original_file", before)
                                .put("updated_file", after)
                                .toString());
        assertThat(
                        text(
                                edit(
                                        "a.ipynb",
                                        "new_source",
                                        "# x",
                                        "cell_id",
                                        "c1",
                                        "cell_type",
                                        "markdown")))
                .isEqualTo("Updated cell c1 with # x");
        assertThat(Json.parseStored(Files.readString(file)).path("cells"))
                .isEqualTo(
                        json("{'c':[{'cell_type':'markdown','id':'c1','source':'#"
                                        + " x','metadata':{}}]}")
                                .path("c"));
    }

    @Test
    void cellsAreInsertedAndDeleted() throws Exception {
        Path file = notebook("a.ipynb", 5, code("a", "'x'", ""), code("b", "'y'", ""));
        read("a.ipynb");
        ToolOutcome inserted =
                edit(
                        "a.ipynb",
                        "new_source",
                        "n",
                        "cell_id",
                        "a",
                        "cell_type",
                        "markdown",
                        "edit_mode",
                        "insert");
        String id = inserted.structured().path("cell_id").asText();
        assertThat(id).matches("[0-9a-f]{8}");
        assertThat(text(inserted)).isEqualTo("Inserted cell " + id + " with n");
        assertThat(inserted.structured().has("old_source")).isFalse();
        edit("a.ipynb", "new_source", "top", "cell_type", "code", "edit_mode", "insert");
        assertThat(text(edit("a.ipynb", "new_source", "", "cell_id", "b", "edit_mode", "delete")))
                .isEqualTo("Deleted cell b");
        assertThat(
                        Json.parseStored(Files.readString(file))
                                .path("cells")
                                .findValuesAsText("source"))
                .containsExactly("top", "x", "n");
        assertThat(Json.parseStored(Files.readString(file)).at("/cells/2"))
                .isEqualTo(
                        json(
                                "{'cell_type':'markdown','id':'"
                                        + id
                                        + "','source':'n','metadata':{}}"));
    }

    @Test
    void cellsWithoutIdsHaveNumbers() throws Exception {
        Path file =
                notebook(
                        "old.ipynb",
                        4,
                        "{'cell_type':'code','source':'x','outputs':[],'execution_count':null,'metadata':{}}",
                        "{'cell_type':'markdown','source':'# t','metadata':{}}");
        assertThat(text(read("old.ipynb"))).contains("<cell id=\"cell-1\">");
        assertThat(
                        text(
                                edit(
                                        "old.ipynb",
                                        "new_source",
                                        "k",
                                        "cell_id",
                                        "cell-1",
                                        "cell_type",
                                        "code")))
                .isEqualTo("Updated cell cell-1 with k");
        assertThat(
                        text(
                                edit(
                                        "old.ipynb",
                                        "new_source",
                                        "n",
                                        "cell_type",
                                        "code",
                                        "edit_mode",
                                        "insert")))
                .isEqualTo("Inserted a new cell with n");
        assertThat(Json.parseStored(Files.readString(file)).at("/cells/0").has("id")).isFalse();
        assertThat(text(edit("old.ipynb", "new_source", "n", "cell_id", "cell-9")))
                .contains("Cell with index 9 does not exist in notebook.");
        assertThat(text(edit("old.ipynb", "new_source", "n", "cell_id", "1")))
                .contains("Cell with ID \"1\" not found in notebook.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x.txt|a||replace|must be a Jupyter notebook",
                "none.ipynb|a||replace|File does not exist",
                "a.ipynb|||replace|Cell ID must be specified",
                "a.ipynb|||delete|Cell ID must be specified",
                "a.ipynb|a||insert|Cell type is required",
                "a.ipynb|q|code|insert|Cell with ID \"q\" not found",
                "a.ipynb|q||delete|Cell with ID \"q\" not found",
                "a.ipynb|q||replace|Cell with ID \"q\" not found",
                "a.ipynb|cell-999999999||replace|index 999999999 does not exist",
                "a.ipynb|cell-99999999999||replace|not found",
                "sub.ipynb|a||replace|is a directory"
            })
    void faultsChangeNothing(String name, String id, String type, String mode, String expected)
            throws Exception {
        Files.createDirectory(root.resolve("sub.ipynb"));
        Files.writeString(root.resolve("x.txt"), "hi");
        Path file = notebook("a.ipynb", 5, code("a", "'x'", ""));
        String before = Files.readString(file);
        read("a.ipynb");
        ObjectNode input =
                Json.object()
                        .put("notebook_path", name)
                        .put("new_source", "n")
                        .put("edit_mode", mode);
        if (id != null) {
            input.put("cell_id", id);
        }
        if (type != null) {
            input.put("cell_type", type);
        }
        ToolOutcome outcome = calls.call(new NotebookEditTool(), input);
        assertThat(outcome).isInstanceOf(ToolOutcome.Fail.class);
        assertThat(text(outcome)).startsWith("<tool_use_error>").contains(expected);
        assertThat(Files.readString(file)).isEqualTo(before);
    }

    @Test
    void theFormOfTheFileIsKept() throws Exception {
        String four =
                String.join(
                        "\r\n",
                        "\ufeff{",
                        "    \"cells\": [",
                        "        {",
                        "            \"cell_type\": \"code\",",
                        "            \"id\": \"a\",",
                        "            \"source\": \"ü\",",
                        "            \"outputs\": [],",
                        "            \"execution_count\": null,",
                        "            \"metadata\": {",
                        "                \"n\": 1.0,",
                        "                \"big\": 123456789012345678901234567890,",
                        "                \"half\": \"\\uD83D\"",
                        "            }",
                        "        }",
                        "    ],",
                        "    \"metadata\": {},",
                        "    \"nbformat\": 4,",
                        "    \"nbformat_minor\": 5",
                        "}",
                        "");
        Path file = Files.writeString(root.resolve("a.ipynb"), four);
        read("a.ipynb");
        edit("a.ipynb", "new_source", "ö", "cell_id", "a");
        assertThat(Files.readString(file)).isEqualTo(four.replace("ü", "ö"));
    }

    @Test
    void aNotebookThatOthersChangedIsNotEdited() throws Exception {
        Path file = notebook("a.ipynb", 5, code("a", "'x'", ""));
        read("a.ipynb");
        notebook("a.ipynb", 5, code("a", "'z'", ""));
        assertThat(text(edit("a.ipynb", "new_source", "n", "cell_id", "a")))
                .contains("changed by the user or a program");
        assertThat(Files.readString(file)).contains("\"z\"");
        assertThat(
                        text(
                                calls.call(
                                        new EditTool(),
                                        "file_path",
                                        "a.ipynb",
                                        "old_string",
                                        "z",
                                        "new_string",
                                        "y")))
                .contains("Use NotebookEdit");
    }

    @Test
    void itNeedsThePermissionToEditThePath() {
        ToolRequest call =
                calls.request(
                        new NotebookEditTool(), Json.object().put("notebook_path", "a.ipynb"));
        assertThat(new NotebookEditTool().needs(call, calls.context()).writes())
                .containsExactly("a.ipynb");
    }
}
