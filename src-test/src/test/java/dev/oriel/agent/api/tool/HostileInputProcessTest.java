package dev.oriel.agent.api.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.command.Commands;
import dev.oriel.agent.api.permission.PermissionEngine;
import dev.oriel.agent.api.permission.Permissions;
import dev.oriel.agent.api.subagent.AgentTool;
import dev.oriel.agent.api.subagent.SubagentTypes;
import dev.oriel.agent.api.tool.file.FileTools;
import dev.oriel.agent.api.tool.other.ConversationTools;
import dev.oriel.agent.api.tool.other.SkillTool;
import dev.oriel.agent.api.tool.other.WebFetchTool;
import dev.oriel.agent.api.tool.other.WebSearchTool;
import dev.oriel.agent.api.tool.search.SearchTools;
import dev.oriel.agent.api.tool.shell.ShellSession;
import dev.oriel.agent.api.tool.shell.ShellTools;
import dev.oriel.message.Json;
import dev.oriel.testing.api.FakeApi;
import dev.oriel.testing.api.HostileInputs;
import dev.oriel.testing.api.RecordedCalls;
import dev.oriel.testing.api.ScriptedSubagents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// All tools with inputs that are wrong in one place: each call has a short result, ends soon, lets
/// no exception out, and changes nothing if it fails.
class HostileInputProcessTest {
    private static final int MOST_TEXT = 100_000;
    private static final int MOST_SECONDS = 20;

    /// A valid input of each tool, with all members that it has.
    private static final Map<String, String> VALID =
            Map.ofEntries(
                    Map.entry(
                            "Read",
                            "{'file_path':'a.txt','offset':1,'limit':1,'pages':'1','allow_large':true}"),
                    Map.entry("Write", "{'file_path':'new.txt','content':'x'}"),
                    Map.entry(
                            "Edit",
                            "{'file_path':'a.txt','old_string':'q','new_string':'r','replace_all':true}"),
                    Map.entry(
                            "MultiEdit",
                            "{'file_path':'a.txt','edits':[{'old_string':'q','new_string':'r',"
                                    + "'replace_all':true}]}"),
                    Map.entry(
                            "NotebookEdit",
                            "{'notebook_path':'n.ipynb','cell_id':'a','new_source':'x','cell_type':"
                                    + "'code','edit_mode':'replace'}"),
                    Map.entry("Glob", "{'pattern':'*','path':'.'}"),
                    Map.entry(
                            "Grep",
                            "{'pattern':'o','path':'.','glob':'*','output_mode':'content','-B':1,'-A':1,"
                                + "'-C':1,'context':1,'-n':true,'-i':true,'-o':false,'type':'js',"
                                + "'head_limit':1,'offset':0,'multiline':false}"),
                    Map.entry("LS", "{'path':'.','ignore':['x']}"),
                    Map.entry(
                            "Bash",
                            "{'command':'true','timeout':2000,'description':'d','run_in_background':"
                                + "false,'dangerouslyDisableSandbox':false}"),
                    Map.entry("PowerShell", "{'command':'1'}"),
                    Map.entry("TaskOutput", "{'task_id':'x','block':false,'timeout':10}"),
                    Map.entry("TaskStop", "{'task_id':'x','shell_id':'y'}"),
                    Map.entry(
                            "AskUserQuestion",
                            "{'questions':[{'question':'Q?','header':'H','options':[{'label':'A',"
                                    + "'description':'a'},{'label':'B','description':'b'}],"
                                    + "'multiSelect':false}]}"),
                    Map.entry("EnterPlanMode", "{}"),
                    Map.entry(
                            "ExitPlanMode",
                            "{'plan':'p','allowedPrompts':[{'tool':'Bash','prompt':'p'}]}"),
                    Map.entry(
                            "TodoWrite",
                            "{'todos':[{'content':'c','status':'pending','activeForm':'f'}]}"),
                    Map.entry("Skill", "{'skill':'s','args':'a'}"),
                    Map.entry(
                            "Agent",
                            "{'description':'d','prompt':'p','subagent_type':'Plan','model':'haiku',"
                                + "'effort':'low','run_in_background':false}"),
                    Map.entry("WebFetch", "{'url':'http://localhost/','prompt':'p','offset':0}"),
                    Map.entry(
                            "WebSearch",
                            "{'query':'qq','allowed_domains':['a.org'],'blocked_domains':[]}"));

    @TempDir Path temp;

    private Path root;
    private Path folder;
    private RecordedCalls calls;
    private ShellSession shell;
    private Permissions permissions;
    private final Map<String, Tool> tools = new TreeMap<>();

    @BeforeEach
    void open() throws IOException {
        root = temp.toRealPath();
        folder = Files.createDirectories(root.resolve("a/b/work"));
        Files.writeString(folder.resolve("a.txt"), "one\ntwo\n");
        Files.writeString(
                folder.resolve("n.ipynb"),
                "{\"cells\":[{\"cell_type\":\"code\",\"id\":\"a\",\"source\":\"x\",\"outputs\":[],"
                        + "\"metadata\":{}}],\"metadata\":{},\"nbformat\":4,\"nbformat_minor\":5}");
        Path own = root.resolve("private");
        calls = new RecordedCalls(folder, own);
        shell = new ShellSession(folder, System.getenv());
        permissions =
                PermissionEngine.create(
                        folder,
                        root.resolve("home"),
                        own,
                        root.resolve("data"),
                        List.of(),
                        "default",
                        true,
                        true);
        List<Tool> all = new ArrayList<>();
        all.addAll(FileTools.all());
        all.addAll(SearchTools.all());
        all.addAll(SearchTools.all("")); // without ripgrep
        all.addAll(ShellTools.all(shell));
        all.addAll(ConversationTools.all(permissions));
        all.add(WebFetchTool.create(new FakeApi(), () -> "m", (_, _) -> {}));
        all.add(new WebSearchTool(new FakeApi(), () -> "m"));
        all.add(new SkillTool(Commands.NONE, permissions));
        all.add(
                new AgentTool(
                        new ScriptedSubagents("done", null).ending(),
                        SubagentTypes.load(null, folder, root),
                        shell.background()));
        all.forEach(tool -> tools.putIfAbsent(tool.name(), tool));
    }

    @AfterEach
    void close() {
        shell.close();
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.toList()) {
                boolean isOwn = file.startsWith(root.resolve("private"));
                if (!isOwn && Files.isRegularFile(file)) {
                    files.put(file.toString(), Files.readString(file));
                }
            }
        }
        return files;
    }

    @Test
    void allToolsAreTried() {
        assertThat(VALID.keySet()).containsAll(tools.keySet());
        tools.forEach((name, tool) ->
                tool.inputSchema()
                        .path("properties")
                        .fieldNames()
                        .forEachRemaining(member ->
                                assertThat(valid(name).has(member) || isOfUser(member))
                                        .as(name + "." + member)
                                        .isTrue()));
    }

    private static boolean isOfUser(String member) {
        return List.of("answers", "annotations", "metadata").contains(member);
    }

    private static ObjectNode valid(String tool) {
        return Json.parseStored(Objects.requireNonNull(VALID.get(tool)).replace('\'', '"'));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Agent",
                "AskUserQuestion",
                "Bash",
                "Edit",
                "EnterPlanMode",
                "ExitPlanMode",
                "Glob",
                "Grep",
                "LS",
                "MultiEdit",
                "NotebookEdit",
                "Read",
                "Skill",
                "TaskOutput",
                "TaskStop",
                "TodoWrite",
                "WebFetch",
                "WebSearch",
                "Write"
            })
    void wrongInputsAreAnswered(String name) throws Exception {
        Tool tool = Objects.requireNonNull(tools.get(name));
        calls.call(Objects.requireNonNull(tools.get("Read")), "file_path", "n.ipynb");
        Map<String, String> before = files();
        List<String> faults = new ArrayList<>();
        for (Map.Entry<String, ObjectNode> input : HostileInputs.of(valid(name)).entrySet()) {
            String fault = faultOf(tool, input.getValue());
            Map<String, String> after = files();
            if (fault == null && !after.equals(before) && tool.isReadOnly()) {
                fault = "files were changed";
            }
            if (fault != null && fault.startsWith("failed")) {
                fault = after.equals(before) ? null : "it failed, but files were changed";
            }
            before = after;
            if (fault != null) {
                faults.add(input.getKey() + ": " + fault);
            }
        }
        assertThat(faults).isEmpty();
    }

    /// @return null if the call succeeded, `failed` if it was refused as it should be
    private @Nullable String faultOf(Tool tool, ObjectNode input) throws InterruptedException {
        FutureTask<@Nullable String> task = new FutureTask<>(() -> call(tool, input));
        Thread thread = Thread.ofVirtual().start(task);
        try {
            return task.get(MOST_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            String place =
                    String.join(
                            " ",
                            Stream.of(thread.getStackTrace())
                                    .limit(8)
                                    .map(String::valueOf)
                                    .toList());
            thread.interrupt();
            return "still runs at " + place;
        } catch (java.util.concurrent.ExecutionException e) {
            Throwable cause = Objects.requireNonNull(e.getCause());
            StackTraceElement[] trace = cause.getStackTrace();
            return "throws "
                    + cause
                    + " at "
                    + String.join(" ", Stream.of(trace).limit(4).map(String::valueOf).toList());
        }
    }

    private @Nullable String call(Tool tool, ObjectNode given) throws InterruptedException {
        if (!(InputCheck.check(tool.name(), tool.inputSchema(), given)
                instanceof InputCheck.Result.Valid(ObjectNode input))) {
            InputCheck.Result.Invalid invalid =
                    (InputCheck.Result.Invalid)
                            InputCheck.check(tool.name(), tool.inputSchema(), given);
            return invalid.text().length() > MOST_TEXT ? "a long result" : "failed";
        }
        ToolRequest request = calls.request(tool, input);
        ToolOutcome outcome = tool.check(request, calls.context());
        if (outcome == null) {
            permissions.judge(request, tool.needs(request, calls.context()));
            outcome = tool.run(request, calls.context());
        }
        if (outcome.content().toString().length() > MOST_TEXT) {
            return "a long result: " + outcome.content().toString().length();
        }
        return outcome instanceof ToolOutcome.Fail ? "failed" : null;
    }
}
