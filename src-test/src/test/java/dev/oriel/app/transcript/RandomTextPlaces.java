package dev.oriel.app.transcript;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.asks.AskDrafts;
import dev.oriel.app.asks.AsksViewModel;
import dev.oriel.app.asks.view.AsksView;
import dev.oriel.app.controls.ControlText;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.fx.FxLane;
import dev.oriel.app.highlight.CodeHighlighter;
import dev.oriel.app.reading.DiffLayout;
import dev.oriel.app.sidebar.SessionList;
import dev.oriel.app.sidebar.SidebarActions;
import dev.oriel.app.sidebar.SidebarRow;
import dev.oriel.app.sidebar.SidebarView;
import dev.oriel.app.sidebar.SidebarViewModel;
import dev.oriel.app.text.DisplayText;
import dev.oriel.app.transcript.area.DocumentUpdater;
import dev.oriel.app.transcript.area.TranscriptArea;
import dev.oriel.app.transcript.diff.DiffPanes;
import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import dev.oriel.client.SessionInfo;
import dev.oriel.message.Graphemes;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.testing.data.RandomTexts;
import dev.oriel.testing.manual.ManualScheduler;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

/// Every kind of place where the window shows text of any origin, filled with other texts again and
/// again. Belongs to the JavaFX thread.
final class RandomTextPlaces {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final RandomTexts texts;
    private final List<String> used = new ArrayList<>();
    private final Pane root = new StackPane();
    private final Label line = Controls.label();
    private final Label lines = Controls.label();
    private final CheckBox choice = Controls.checkBox("");
    private final MenuButton menu = Controls.menuButton();
    private final Pane many = new Pane();
    private final TextFlow flow = new TextFlow();
    private final TextArea area = new TextArea();
    private final TextField field = new TextField();
    private final TranscriptArea transcript = new TranscriptArea(_ -> new Region());
    private final DocumentUpdater shown = new DocumentUpdater(transcript.getContent());
    private final AsksViewModel asks =
            new AsksViewModel(new ManualScheduler(), _ -> {}, AskDrafts.inMemory(), _ -> {});
    private final SessionList sessions = new SessionList(Set.of(), _ -> {});
    private final SidebarViewModel sidebar =
            new SidebarViewModel(
                    sessions,
                    new NoActions(),
                    (_, _) -> {},
                    new ManualScheduler(),
                    Clock.fixed(NOW, ZoneOffset.UTC));

    RandomTextPlaces(RandomTexts texts) {
        this.texts = texts;
        lines.setWrapText(true);
        choice.setWrapText(true);
        area.setWrapText(true);
        asks.attach("s", _ -> true);
        transcript.setPrefHeight(200);
        SidebarView side = new SidebarView(sidebar, (_, _) -> {});
        side.setPrefHeight(150);
        VBox all =
                new VBox(
                        line,
                        lines,
                        choice,
                        menu,
                        flow,
                        many,
                        area,
                        field,
                        transcript,
                        new AsksView(
                                asks,
                                () -> {},
                                _ -> {},
                                new DiffPanes(
                                        new FxLane(),
                                        Runnable::run,
                                        new SimpleObjectProperty<>(DiffLayout.AUTOMATIC),
                                        new CodeHighlighter(Runnable::run, Runnable::run))),
                        side);
        all.setMaxWidth(VBox.USE_PREF_SIZE);
        root.getChildren().add(all);
        root.getStyleClass().addAll("oriel", "oriel-light");
    }

    Pane root() {
        return root;
    }

    /// The texts of the last round, for the message of a failure.
    String used() {
        StringBuilder out = new StringBuilder();
        for (String text : used) {
            out.append('"');
            text.chars()
                    .limit(200)
                    .forEach(c ->
                            out.append(
                                    c > 0x20 && c < 0x7f
                                            ? String.valueOf((char) c)
                                            : "\\u%04X".formatted(c)));
            out.append(text.length() > 200 ? "\"… (" + text.length() + ")\n" : "\"\n");
        }
        return out.toString();
    }

    private String text() {
        String text = texts.next();
        used.add(text);
        return text;
    }

    /// Sets other texts everywhere, and another width.
    ///
    /// @return the number of texts
    int fill(int round) {
        used.clear();
        int width = texts.width(60, 900);
        ((VBox) root.getChildren().getFirst()).setPrefWidth(width);
        flow.getChildren().clear();
        many.getChildren().clear();
        for (int i = 0; i < 60; i++) {
            Text node = Controls.textNode(text());
            node.setWrappingWidth(width);
            many.getChildren().add(node);
        }
        // Each control measures its text many times, so one kind is filled per round.
        switch (round % 10) {
            case 0 -> Controls.setText(line, text());
            case 1 -> Controls.setText(lines, text());
            case 2 -> Controls.setText(choice, text());
            case 3 -> {
                Controls.setText(menu, text());
                menu.getItems().setAll(Controls.menuItem(text()));
            }
            case 4 ->
                    flow.getChildren().setAll(Controls.textNode(text()), Controls.textNode(text()));
            case 5 -> area.setText(ControlText.of(text()));
            case 6 -> field.setText(Graphemes.truncate(ControlText.singleLine(text()), 2_000));
            case 7 -> document();
            case 8 -> ask(round);
            default ->
                    sessions.setAll(
                            List.of(
                                    session("a", text(), "/home/" + text()),
                                    session("b", text(), text())));
        }
        return used.size();
    }

    private void document() {
        BlockBuilder some = new BlockBuilder();
        for (String l : linesOf(text())) {
            some.add(ParagraphStyle.of("prose"), DisplayText.prose(l), TextStyle.PLAIN);
        }
        for (String l : linesOf(text())) {
            some.add(ParagraphStyle.of("code"), DisplayText.argument(l), TextStyle.CODE);
        }
        shown.update(List.of(some.build()), 0);
    }

    private static List<String> linesOf(String text) {
        return RandomTexts.wellFormed(text).lines().toList();
    }

    private void ask(int round) {
        asks.retainOnly(java.util.Set.of());
        ObjectNode frame =
                Json.object().put("type", "control_request").put("request_id", "r" + round);
        ObjectNode request = frame.putObject("request").put("subtype", "can_use_tool");
        if (round % 20 == 8) {
            request.put("tool_name", "Bash").put("description", text());
            request.putObject("input").put("command", text());
            request.putArray("permission_suggestions")
                    .addObject()
                    .put("type", "addRules")
                    .put("behavior", "allow")
                    .putArray("rules")
                    .addObject()
                    .put("toolName", "Bash")
                    .put("ruleContent", text());
        } else {
            request.put("tool_name", "AskUserQuestion");
            ObjectNode question =
                    request.putObject("input")
                            .putArray("questions")
                            .addObject()
                            .put("question", text());
            question.putArray("options")
                    .addObject()
                    .put("label", text())
                    .put("description", text());
        }
        asks.receive(Message.of(frame), false);
    }

    private static SessionInfo session(String id, String title, String cwd) {
        return new SessionInfo(
                id,
                title,
                cwd,
                "demo",
                SessionInfo.Activity.IDLE,
                null,
                null,
                false,
                false,
                NOW,
                NOW,
                0,
                1,
                0,
                null);
    }

    /// A sidebar whose actions do nothing.
    private static final class NoActions implements SidebarActions {
        @Override
        public void newSession() {}

        @Override
        public void open(String id) {}

        @Override
        public void openHit(SidebarRow.Hit hit) {}

        @Override
        public void rename(String id, String title) {}

        @Override
        public void pin(String id, boolean pinned) {}

        @Override
        public void delete(String id) {}
    }
}
