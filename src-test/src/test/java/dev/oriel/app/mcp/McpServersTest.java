package dev.oriel.app.mcp;

import static dev.oriel.client.compat.protocol.EffectSummary.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.mcp.McpServer.State;
import dev.oriel.app.mcp.NewMcpServer.Scope;
import dev.oriel.message.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class McpServersTest {
    @ParameterizedTest
    @CsvSource({
        "connected, CONNECTED",
        "pending, PENDING",
        "needs-auth, NEEDS_LOGIN",
        "failed, FAILED",
        "disabled, DISABLED",
        "something new, OTHER",
    })
    void aStateOfTheCliHasAWord(String wire, State state) {
        List<McpServer> all =
                McpServer.listFrom(
                        json("{'mcpServers':[{'name':'n','status':'%s'}]}".formatted(wire)));
        assertThat(all).extracting(McpServer::state).containsExactly(state);
        assertThat(state.words()).isNotBlank();
    }

    @Test
    void aServerIsShownWithItsAddressItsOriginAndItsTools() {
        List<McpServer> all =
                McpServer.listFrom(
                        json(
                                "{'mcpServers':[{'name':'a','status':'connected','scope':'project',"
                                    + "'config':{'type':'http','url':'http://h/'},"
                                    + "'tools':[{'name':'rm','annotations':{'destructive':true}},"
                                    + "{'name':'ls','description':'\\nLists.\\n',"
                                    + "'annotations':{'readOnlyHint':true}}]},"
                                    + "{'name':'b','status':'failed','error':'no',"
                                    + "'config':{'command':'run','args':['-x','y']}}]}"));
        assertThat(all.getFirst().address()).isEqualTo("http://h/");
        assertThat(all.getFirst().scope()).isEqualTo("this folder, for everybody");
        assertThat(all.getFirst().tools())
                .containsExactly(
                        new McpServer.Tool("rm", "", "can destroy data"),
                        new McpServer.Tool("ls", "Lists.", "only reads"));
        assertThat(all.getLast().address()).isEqualTo("run -x y");
        assertThat(all.getLast().error()).isEqualTo("no");
    }

    @Test
    void aHostileReplyIsReadWithinBounds() {
        ObjectNode reply = Json.object();
        ArrayNode servers = reply.putArray("mcpServers");
        servers.add("text").addObject().put("name", " ");
        ObjectNode first = servers.addObject().put("name", "n").put("status", 5);
        ArrayNode tools = first.putArray("tools");
        for (int i = 0; i < 3_000; i++) {
            tools.addObject().put("name", "t" + i);
            servers.addObject().put("name", "s" + i);
        }
        List<McpServer> all = McpServer.listFrom(reply);
        assertThat(all).hasSize(200);
        assertThat(all.getFirst().tools()).hasSize(500);
        assertThat(McpServer.listFrom(json("{'mcpServers':'none'}"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "notes    | https://e.org/mcp   | ``    | ``",
                "notes    | npx -y notes        | A=b=c | ``",
                "--help   | npx                 | ``    | The name consists of letters",
                "a b      | npx                 | ``    | The name consists of letters",
                "../x     | npx                 | ``    | The name consists of letters",
                "notes    | ` `                 | ``    | Enter an address",
                "notes    | https://e.org/a b   | ``    | An address has no blanks",
                "notes    | run \"unclosed      | ``    | A quotation mark",
                "notes    | npx                 | A     | Each line is NAME=value",
                "notes    | npx                 | =x    | Each line is NAME=value",
            })
    void whatCannotBeAddedIsSaidBeforeItIsSent(
            String name, String address, String secrets, String problem) {
        String found = new NewMcpServer(name, address, secrets, Scope.LOCAL).problem();
        if (problem.isEmpty()) {
            assertThat(found).isEmpty();
        } else {
            assertThat(found).startsWith(problem);
        }
    }

    @Test
    void aCommandIsDividedIntoArgumentsThatNoShellReads() {
        assertThat(NewMcpServer.words("run 'a b' \"c 'd'\" ; rm -rf $HOME `x`"))
                .containsExactly("run", "a b", "c 'd'", ";", "rm", "-rf", "$HOME", "`x`");
        assertThat(NewMcpServer.words("run '' x")).containsExactly("run", "", "x");
        assertThat(NewMcpServer.words("'' x")).isEmpty();
        assertThat(NewMcpServer.words("run 'x")).isEmpty();
    }

    @Test
    void theRequestHasTheCliShape() {
        assertThat(new NewMcpServer(" n ", "run -x", "A=b\n\n C = d=e ", Scope.PROJECT).toJson())
                .isEqualTo(
                        json(
                                "{'scope':'project','name':'n','server':{'type':'stdio',"
                                        + "'command':'run','args':['-x'],"
                                        + "'env':{'A':'b','C':'d=e'}}}"));
        assertThat(new NewMcpServer("n", "HTTPS://e.org/", "K=v", Scope.USER).toJson())
                .isEqualTo(
                        json(
                                "{'scope':'user','name':'n','server':{'type':'http',"
                                        + "'url':'HTTPS://e.org/','headers':{'K':'v'}}}"));
    }
}
