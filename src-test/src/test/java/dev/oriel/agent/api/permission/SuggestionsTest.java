package dev.oriel.agent.api.permission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.permission.PermissionTable.Row;
import dev.oriel.agent.api.permission.PermissionTable.World;
import dev.oriel.message.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What asks offer, as CLI 2.1.332 does: rules, folders and modes in their order, and the path.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the paths are those of POSIX")
class SuggestionsTest {
    @TempDir Path base;

    @SuppressWarnings("NullAway.Init")
    private World world;

    @BeforeEach
    void createWorld() throws Exception {
        world = World.create(base.toRealPath());
    }

    private Verdict.Ask ask(String mode, String tool, String input) throws Exception {
        Row row = new Row("x", mode, List.of("allow:Bash(npm run:*)"), tool, input, "ask", "-");
        return (Verdict.Ask) world.judge(row);
    }

    private String offers(Verdict.Ask ask) {
        List<String> texts = new ArrayList<>();
        JsonNode suggestions = ask.suggestions();
        if (suggestions != null) {
            for (JsonNode update : suggestions) {
                String to = update.path("destination").asText();
                switch (update.path("type").asText()) {
                    case "addRules" ->
                            update.path("rules")
                                    .forEach(r -> texts.add(SettingsWriter.text(r) + " to " + to));
                    case "setMode" -> texts.add(update.path("mode").asText() + " to " + to);
                    default ->
                            update.path("directories")
                                    .forEach(d -> texts.add("folder " + d.asText() + " to " + to));
                }
            }
        }
        return String.join(", ", texts)
                .replace(" to session", "")
                .replace(" to localSettings", " kept")
                .replace(world.folder().toString(), "$P")
                .replace(world.outside().toString(), "$O")
                .replace(world.home().toString(), "$H");
    }

    private String path(Verdict.Ask ask) {
        return String.valueOf(ask.blockedPath())
                .replace(world.folder().toString(), "$P")
                .replace(world.outside().toString(), "$O")
                .replace(world.home().toString(), "$H");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '%',
            textBlock =
                    """
                    default % git push % Bash(git push *) kept % null
                    default % git branch -D x % Bash(git branch *) kept % null
                    default % git -C /tmp status % Bash(git -C /tmp status) kept % null
                    default % make % Bash(make) kept % null
                    default % make x % Bash(make x *) kept % null
                    default % hostname x % Bash(hostname x *) kept % null
                    default % sudo ls % Bash(sudo ls) kept % null
                    default % kill 1 % Bash(kill 1) kept % null
                    default % bash -c ls % Bash(bash -c ls) kept % null
                    default % curl http://127.0.0.1:1 % Bash(curl http://127.0.0.1:1) kept % null
                    default % xxd a.txt % Bash(xxd a.txt) kept % null
                    default % ls | xargs rm % Bash(xargs rm) kept % null
                    acceptEdits % chmod +x a.txt % Bash(chmod +x a.txt) kept % null
                    acceptEdits % npm test % Bash(npm test *) kept % null
                    default % mkdir q % Bash(mkdir q *) kept, folder $P, acceptEdits % $P/q
                    default % rm a.txt % Bash(rm a.txt) kept, folder $P, acceptEdits % $P/a.txt
                    default % cp a.txt b % Bash(cp a.txt b) kept, folder $P, acceptEdits % $P/a.txt
                    default % echo hi > f % Bash(echo hi *) kept, folder $P % $P/f
                    default % npm run x > f % Bash(npm run *) kept, folder $P % $P/f
                    default % cat $O/o.txt % Bash(cat $O/o.txt) kept, Read(/$O/**) % $O/o.txt
                    default % cat link/o.txt % Bash(cat link/o.txt) kept, Read(/$O/**) % $O/o.txt
                    default % cat $HOME/x/y % Bash(cat $HOME/x/y) kept, Read(/$H/x/**) % $H/x/y
                    acceptEdits % rm -rf $O/x % Bash(rm -rf $O/x) kept, folder $O % $O/x
                    acceptEdits % touch slink/x % folder $O % $O/x
                    default % echo $(id) % '' % null
                    default % ls & % '' % null
                    """)
    void commandsOfferWhatTheCliOffers(String mode, String command, String offers, String path)
            throws Exception {
        Verdict.Ask ask = ask(mode, "Bash", Json.object().put("command", command).toString());
        assertThat(offers(ask).replace(base.toRealPath().toString(), "$B")).isEqualTo(offers);
        assertThat(path(ask)).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '%',
            textBlock =
                    """
                    default % $P/n % acceptEdits % other
                    default % $P/slink/n % acceptEdits, folder $P/slink, folder $O % safetyCheck
                    acceptEdits % $O/n % folder $O % workingDir
                    acceptEdits % $P/.git/config % '' % safetyCheck
                    plan % $P/n % '' % mode
                    """)
    void filesOfferWhatTheCliOffers(String mode, String path, String offers, String reason)
            throws Exception {
        String input = Json.object().put("file_path", path).put("content", "x").toString();
        Verdict.Ask ask = ask(mode, "Write", input);
        assertThat(offers(ask)).isEqualTo(offers);
        assertThat(ask.reason()).isEqualTo(reason);
    }

    @Test
    void whatIsOfferedAllowsTheCall() throws Exception {
        for (String command : List.of("touch q", "cat $O/o.txt", "git push x", "rm -rf $O/x")) {
            Row row =
                    new Row(
                            "x",
                            "default",
                            List.of(),
                            "Bash",
                            Json.object().put("command", command).toString(),
                            "ask",
                            "-");
            PermissionEngine engine = world.engine(row);
            assertThat(PermissionTable.name(world.judge(engine, row))).isEqualTo("ask");
            Verdict.Ask ask = (Verdict.Ask) world.judge(engine, row);
            engine.update(Objects.requireNonNull(ask.suggestions()));
            assertThat(PermissionTable.name(world.judge(engine, row)))
                    .as(command)
                    .isEqualTo("allow");
        }
    }

    @Test
    void aModeIsStoredWhereItIsSent() throws Exception {
        Row row = new Row("x", "default", List.of(), "Write", "{\"file_path\":\"n\"}", "ask", "-");
        PermissionEngine engine = world.engine(row);
        JsonNode update =
                Json.mapper()
                        .createArrayNode()
                        .add(
                                Json.object()
                                        .put("type", "setMode")
                                        .put("mode", "acceptEdits")
                                        .put("destination", "localSettings"));
        assertThat(engine.update(update)).isEmpty();
        assertThat(engine.mode()).isEqualTo("acceptEdits");
        Path file = world.folder().resolve(".claude/settings.local.json");
        assertThat(
                        Json.parseObject(Files.readAllBytes(file))
                                .at("/permissions/defaultMode")
                                .asText())
                .isEqualTo("acceptEdits");
        JsonNode bypass = update.deepCopy();
        ((ObjectNode) bypass.path(0)).put("mode", "bypassPermissions");
        assertThat(engine.update(bypass)).hasSize(1);
        assertThat(
                        Json.parseObject(Files.readAllBytes(file))
                                .at("/permissions/defaultMode")
                                .asText())
                .isEqualTo("acceptEdits");
    }
}
