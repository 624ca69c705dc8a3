package dev.oriel.app.transcript.tools;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.fold.StreamedAnswer;
import dev.oriel.app.conversation.fold.Timeline;
import dev.oriel.app.conversation.fold.UnsentItems;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import dev.oriel.app.transcript.options.RenderOptions;
import dev.oriel.app.transcript.options.RenderSettings;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.testing.data.SampleFrames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.fxmisc.richtext.model.Paragraph;
import org.fxmisc.richtext.model.StyledSegment;

/// A tool call as it is shown, from the messages of the CLI.
final class RenderedCard {
    static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final SampleFrames frames = new SampleFrames();
    private final List<Message> sent = new ArrayList<>();
    private final Set<String> parts = new HashSet<>();
    private boolean toggled;

    /// Claude calls a tool.
    static RenderedCard call(String name, String input) {
        RenderedCard card = new RenderedCard();
        card.frames.toolUse("m1", "t1", name, input);
        return card;
    }

    /// Nothing has happened yet.
    static RenderedCard empty() {
        return new RenderedCard();
    }

    /// A content block of Claude's message.
    RenderedCard block(String json) {
        frames.journaled(
                """
                {"type":"assistant","message":{"id":"m1","content":[%s]}}
                """
                        .formatted(json));
        return this;
    }

    /// The tool returns a text, and what the CLI knows of it.
    RenderedCard result(String text, String structured) {
        return result(text, structured, false);
    }

    RenderedCard result(String text) {
        return result(text, "null", false);
    }

    RenderedCard failure(String text) {
        return result(text, Json.object().textNode("Error: " + text).toString(), true);
    }

    private RenderedCard result(String text, String structured, boolean error) {
        JsonNode content = Json.object().textNode(text);
        return message(
                """
                {"type":"user","message":{"role":"user","content":[{"type":"tool_result",
                "tool_use_id":"t1","content":%s,"is_error":%s}]},"tool_use_result":%s}
                """
                        .formatted(content, error, structured));
    }

    /// Any message of the CLI.
    RenderedCard message(String json) {
        frames.journaled(json);
        return this;
    }

    /// The user clicks on the first line.
    RenderedCard toggle() {
        toggled = !toggled;
        return this;
    }

    /// The user opens or closes a part.
    RenderedCard toggle(String part) {
        if (!parts.remove(part)) {
            parts.add(part);
        }
        return this;
    }

    List<String> lines() {
        return paragraphs().map(Paragraph::getText).toList();
    }

    /// For each line the style class of the rule at its left; empty if there is none.
    List<String> rules() {
        return paragraphs()
                .map(Paragraph::getParagraphStyle)
                .map(style ->
                        style.quotes().isEmpty()
                                ? style.classes().stream()
                                        .filter(c -> c.startsWith("kind-"))
                                        .findFirst()
                                        .orElse("")
                                : style.quotes().getFirst().kind())
                .toList();
    }

    /// The style of each line.
    List<ParagraphStyle> styles() {
        return paragraphs().map(Paragraph::getParagraphStyle).toList();
    }

    String head() {
        return lines().getFirst();
    }

    /// The styles of the text that contains these words.
    TextStyle ink(String words) {
        return paragraphs()
                .flatMap(p -> p.getStyledSegments().stream())
                .filter(s -> s.getSegment().contains(words))
                .map(StyledSegment::getStyle)
                .findFirst()
                .orElseThrow(() -> new AssertionError(words + " is not shown in " + lines()));
    }

    /// What clicks do, on texts and on whole lines.
    List<ClickAction> actions() {
        List<ClickAction> all = new ArrayList<>();
        paragraphs()
                .forEach(p -> {
                    if (p.getParagraphStyle().action() != null) {
                        all.add(p.getParagraphStyle().action());
                    }
                    for (StyledSegment<String, TextStyle> s : p.getStyledSegments()) {
                        if (s.getStyle().action() != null) {
                            all.add(s.getStyle().action());
                        }
                    }
                });
        return all;
    }

    Stream<Paragraph<ParagraphStyle, String, TextStyle>> paragraphs() {
        Timeline timeline = new Timeline(new StreamedAnswer(), new UnsentItems());
        sent.addAll(frames.take());
        sent.forEach(m -> timeline.apply(m, NOW));
        Item.Tool tool =
                timeline.items().stream()
                        .filter(Item.Tool.class::isInstance)
                        .map(Item.Tool.class::cast)
                        .findFirst()
                        .orElseThrow();
        RenderOptions options = new RenderOptions(toggled, 0, parts, RenderSettings.of(88), NOW);
        List<Paragraph<ParagraphStyle, String, TextStyle>> all = new ArrayList<>();
        for (ParagraphBlock block : ToolCards.render(tool, options)) {
            all.addAll(block.document().getParagraphs().subList(0, block.paragraphCount()));
        }
        return all.stream();
    }
}
