package dev.oriel.app.transcript.tools;

import dev.oriel.app.conversation.item.ByteSize;
import dev.oriel.app.conversation.item.ToolDetail;
import dev.oriel.app.conversation.item.ToolOutput;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.ToolState;

/// A search of the web, or a page that was fetched.
final class WebCard implements ToolCard {
    /// The most characters of a summary that is laid out as Markdown; of a longer one the start is
    /// shown.
    private static final int LONGEST_MARKDOWN = 4_000;

    @Override
    public void write(CardScope card, CardBody body) {
        ToolRun run = card.run();
        for (ToolRun.Field f : run.fields()) {
            if (f.name().equals("url")) {
                body.content().link(new ToolDetail.WebLink("", f.text(), ""));
            } else if (!f.text().equals(CardHead.shownArgument(card))) {
                body.field(f.name().replace('_', ' '), f.text());
            }
        }
        ToolOutput output = run.output();
        if (output == null) {
            return;
        }
        if (!(run.state() instanceof ToolState.Ok)) {
            body.output();
            return;
        }
        switch (output.detail()) {
            case ToolDetail.WebHits hits -> {
                if (hits.links().isEmpty()) {
                    body.label("No results");
                }
                hits.links().forEach(body.content()::link);
                summary(hits.summary(), body);
            }
            case ToolDetail.WebPage page -> {
                if (run.field("url").isEmpty()) {
                    body.content().link(new ToolDetail.WebLink("", page.url(), ""));
                }
                body.excerpt("Page", output.text());
                body.images(output);
            }
            default -> body.output();
        }
    }

    private static void summary(String text, CardBody body) {
        if (text.isBlank() || text.length() > LONGEST_MARKDOWN) {
            body.excerpt("Summary", text);
        } else {
            body.markdown().said("Summary", text);
        }
    }

    @Override
    public String facts(ToolRun run) {
        if (run.output() == null) {
            return "";
        }
        return switch (run.output().detail()) {
            case ToolDetail.WebHits hits ->
                    hits.links().size() == 1
                            ? "1 result"
                            : "%,d results".formatted(hits.links().size());
            case ToolDetail.WebPage page when page.status() > 0 ->
                    page.status()
                            + (page.statusText().isBlank()
                                    ? ""
                                    : " " + CardBody.oneLine(page.statusText()))
                            + (page.bytes() > 0 ? ", " + ByteSize.format(page.bytes()) : "");
            default -> "";
        };
    }
}
