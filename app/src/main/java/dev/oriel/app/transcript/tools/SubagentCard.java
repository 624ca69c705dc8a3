package dev.oriel.app.transcript.tools;

import dev.oriel.app.conversation.item.Durations;
import dev.oriel.app.conversation.item.SubagentRun;
import dev.oriel.app.conversation.item.ToolDetail;
import dev.oriel.app.conversation.item.ToolOutput;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.ToolState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A subagent: what it was asked, what it wrote and called, and its result.
final class SubagentCard implements ToolCard {
    /// Steps before any expansion, and what each expansion adds.
    private static final int STEPS = 12;

    private static final int MORE_STEPS = 60;

    @Override
    public void write(CardScope card, CardBody body) {
        ToolRun run = card.run();
        body.excerpt("Prompt", run.field("prompt"));
        for (ToolRun.Field f : run.fields()) {
            switch (f.name()) {
                case "prompt", "description", "run_in_background", "subagent_type" -> {
                    // They are shown already.
                }
                default -> body.field(f.name().replace('_', ' '), f.text());
            }
        }
        writeSteps(card, body);
        ToolOutput output = run.output();
        if (output == null) {
            return;
        }
        if (output.detail() instanceof ToolDetail.Agent agent && agent.background()) {
            body.label("Continues in the background as task " + agent.taskId());
        } else if (run.state() instanceof ToolState.Ok) {
            body.markdown().block("Result", output.text());
            body.images(output);
        } else {
            body.output();
        }
    }

    private static void writeSteps(CardScope card, CardBody body) {
        SubagentRun work = card.run().subagent();
        List<SubagentRun.Step> steps = work.steps();
        if (steps.isEmpty()) {
            return;
        }
        int shown = STEPS + MORE_STEPS * card.options().expansions();
        int from = Math.max(0, steps.size() - shown);
        body.label("Steps");
        if (from > 0) {
            body.toggle(
                    "Show %,d earlier %s".formatted(from, from == 1 ? "step" : "steps"),
                    card.showMore());
        } else if (work.dropped() > 0) {
            body.label("%,d earlier steps are not kept".formatted(work.dropped()));
        }
        for (SubagentRun.Step step : steps.subList(from, steps.size())) {
            switch (step) {
                case SubagentRun.Said(String text) -> body.markdown().said(text);
                case SubagentRun.Called(ToolRun run) ->
                        body.blocks(ToolCards.render(card.inner(run)));
            }
        }
    }

    @Override
    public String argument(ToolRun run) {
        SubagentRun.Progress p = run.subagent().progress();
        String type = run.field("subagent_type");
        String own = run.argument();
        if (p != null && !p.type().isEmpty()) {
            type = p.type();
        }
        return type.isEmpty() || type.equals("general-purpose") ? own : type + ": " + own;
    }

    @Override
    public String facts(ToolRun run) {
        SubagentRun.Progress p = run.subagent().progress();
        List<String> parts = new ArrayList<>();
        boolean background = isBackground(run);
        int uses = p == null ? 0 : p.toolUses();
        long tokens = p == null ? 0 : p.tokens();
        if (run.output() != null && run.output().detail() instanceof ToolDetail.Agent agent) {
            uses = Math.max(uses, agent.toolUses());
            tokens = Math.max(tokens, agent.tokens());
        }
        if (uses == 0) {
            uses =
                    (int)
                            run.subagent().steps().stream()
                                    .filter(SubagentRun.Called.class::isInstance)
                                    .count();
        }
        if (uses > 0) {
            parts.add(uses == 1 ? "1 tool call" : "%,d tool calls".formatted(uses));
        }
        if (tokens > 0) {
            parts.add(tokens(tokens));
        }
        if (background) {
            String ending = p != null && p.over() ? p.ending().word() + " " : "";
            parts.add(ending + "in the background");
            if (p != null && p.took() != null) {
                parts.add(Durations.format(p.took()));
            }
        }
        if (p != null && !p.doing().isEmpty() && (run.isRunning() || background)) {
            parts.add(p.doing());
        }
        return String.join(" · ", parts);
    }

    @Override
    public boolean isBackground(ToolRun run) {
        return run.output() != null
                && run.output().detail() instanceof ToolDetail.Agent agent
                && agent.background();
    }

    private static String tokens(long n) {
        return n < 10_000
                ? String.format(Locale.ROOT, "%,d tokens", n)
                : String.format(Locale.ROOT, "%,dk tokens", n / 1_000);
    }
}
