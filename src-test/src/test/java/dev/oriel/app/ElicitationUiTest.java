package dev.oriel.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.app.asks.AsksViewModel;
import dev.oriel.app.updates.BuildInfo;
import dev.oriel.message.Message;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The form of an MCP server in the real window, filled in by keyboard.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ElicitationUiTest {
    private static final String FORM =
            """
            "message":"Which one?","requested_schema":{"type":"object","properties":{
             "full_name":{"type":"string","title":"Full_name","description":"As in_the passport",
              "minLength":2},
             "count":{"type":"integer","title":"How many","minimum":1,"maximum":10,"default":1},
             "gift":{"type":"boolean","title":"As a gift"},
             "size":{"type":"string","title":"Size","enum":["s","m"],
              "enumNames":["Small","Medium"]}},"required":["full_name","count","size"]}\
            """;

    @SuppressWarnings("NullAway.Init") // opened before the first test
    private TestWindow window;

    private final List<Message> sent = new ArrayList<>();
    private final List<String> opened = new ArrayList<>();

    @BeforeAll
    void open(@TempDir Path folder) {
        URI nowhere = URI.create("http://127.0.0.1:1/");
        var outside =
                new SystemServices(
                        ClaudeCli::new,
                        Optional.empty(),
                        new BuildInfo(nowhere, nowhere, "0.1.0"),
                        opened::add);
        window = TestWindow.open(TestWindow.paths(folder), "demo", outside, 1000, 700);
    }

    @AfterAll
    void close() {
        window.close();
    }

    @AfterEach
    void forget() {
        TestWindow.run(() -> asks().attach("none", _ -> true));
        sent.clear();
        opened.clear();
    }

    private AsksViewModel asks() {
        return window.wiring().asks();
    }

    private void ask(String session, String request) throws Exception {
        Message asked =
                Message.parse(
                        "{\"type\":\"control_request\",\"request_id\":\"e1\","
                                + "\"request\":{\"subtype\":\"elicitation\","
                                + "\"mcp_server_name\":\"shop_server\","
                                + request.replace("\n", "")
                                + "}}");
        TestWindow.run(() -> {
            asks().attach(session, sent::add);
            asks().receive(asked, false);
        });
        window.until(() -> asks().armed().get());
    }

    private TextField field(int number) {
        return (TextField) window.node("ask-field-" + number);
    }

    private void fill(int number, String text) {
        TestWindow.run(() -> field(number).setText(text));
    }

    private List<String> wrong() {
        return TestWindow.on(() ->
                window.stage().getScene().getRoot().lookupAll(".ask-wrong").stream()
                        .filter(Node::isVisible)
                        .map(n -> ((Label) n).getText())
                        .toList());
    }

    private Node focused() {
        return TestWindow.on(() -> window.stage().getScene().getFocusOwner());
    }

    private JsonNode answer() {
        window.until(() -> !sent.isEmpty());
        return sent.getLast().tree().at("/response/response");
    }

    @Test
    void anInvalidValueIsReportedAtItsFieldAndNothingIsSent() throws Exception {
        ask("wrong", FORM);
        fill(1, "11");
        assertThat(wrong()).isEmpty();
        window.press("ask-allow");
        assertThat(wrong())
                .containsExactly("This field is required.", "At most 10.", "Choose one of these.");
        assertThat(focused()).isEqualTo(field(0));
        assertThat(TestWindow.on(() -> field(0).getAccessibleHelp()))
                .isEqualTo("This field is required. As in_the passport");
        fill(0, "A");
        assertThat(wrong()).contains("At least 2 characters, now 1.");
        assertThat(sent).isEmpty();
        fill(0, "Ada");
        fill(1, "3");
        TestWindow.run(() -> ((RadioButton) window.node("ask-field-3")).fire());
        assertThat(wrong()).isEmpty();
        window.press("ask-allow");
        assertThat(answer().toString())
                .isEqualTo(
                        "{\"action\":\"accept\",\"content\":{\"full_name\":\"Ada\",\"count\":3,"
                                + "\"gift\":false,\"size\":\"s\"}}");
    }

    @Test
    void eachControlHasANameForAScreenReader() throws Exception {
        ask("names", FORM);
        List<String> names =
                TestWindow.on(() ->
                        window.stage().getScene().getRoot().lookupAll(".label").stream()
                                .map(n -> (Label) n)
                                .filter(l ->
                                        List.of(field(0), field(1)).stream()
                                                .anyMatch(f -> f.equals(l.getLabelFor())))
                                .map(Label::getText)
                                .toList());
        assertThat(names).containsExactlyInAnyOrder("Full_name", "How many");
        assertThat(TestWindow.on(() -> window.node("ask-field-3").getAccessibleText()))
                .isEqualTo("Size: Small");
    }

    @Test
    void escKeepsTypedTextAndThenCancels() throws Exception {
        ask("escape", FORM);
        TestWindow.run(() -> field(0).requestFocus());
        fill(0, "Ada");
        TestWindow.run(() -> window.node("ask-field-2").requestFocus());
        window.type(KeyCode.ESCAPE);
        window.until(() -> window.composer().isFocused());
        assertThat(sent).isEmpty();
        window.type(KeyCode.ESCAPE);
        assertThat(answer().toString()).isEqualTo("{\"action\":\"cancel\"}");
    }

    @Test
    void theFormIsUnchangedWhenItsSessionIsOpenedAgain() throws Exception {
        ask("first", FORM);
        fill(0, "Ada");
        fill(1, "7");
        ask("second", FORM);
        assertThat(TestWindow.on(() -> field(0).getText())).isEmpty();
        ask("first", FORM);
        assertThat(TestWindow.on(() -> field(0).getText() + field(1).getText())).isEqualTo("Ada7");
    }

    @Test
    void aPageIsOpenedByAButtonAndItsAddressCanBeCopied() throws Exception {
        String url = "https://bank.example@shop.example/pay?a=1&b=_2";
        ask("page", "\"message\":\"Pay\",\"mode\":\"url\",\"url\":\"" + url + "\"");
        assertThat(TestWindow.on(() -> window.labels())).contains("It opens shop.example.");
        assertThat(opened).isEmpty();
        window.press("ask-open");
        assertThat(opened).containsExactly(url);
        window.press("ask-copy");
        assertThat(TestWindow.on(() -> Clipboard.getSystemClipboard().getString())).isEqualTo(url);
        assertThat(sent).isEmpty();
        window.press("ask-allow");
        assertThat(answer().path("action").asText()).isEqualTo("accept");
    }

    @Test
    void onlyAWebPageIsOpened() throws Exception {
        ask("other", "\"message\":\"Go\",\"mode\":\"url\",\"url\":\"file:///etc/passwd\"");
        assertThat(TestWindow.on(() -> window.node("ask-open"))).isNull();
        assertThat(TestWindow.on(() -> window.shown("ask-copy"))).isTrue();
    }
}
