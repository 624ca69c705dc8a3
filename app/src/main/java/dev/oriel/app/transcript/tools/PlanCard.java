package dev.oriel.app.transcript.tools;

import dev.oriel.app.conversation.item.ToolDetail;
import dev.oriel.app.conversation.item.ToolOutput;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.ToolState;

/// A plan that the user approves or not.
final class PlanCard implements ToolCard {
    @Override
    public void write(CardScope card, CardBody body) {
        ToolRun run = card.run();
        String plan = plan(run);
        if (plan.isBlank()) {
            FieldsCard.writeFields(card, body);
            body.output();
            return;
        }
        body.markdown().block("", plan);
        if (!(run.state() instanceof ToolState.Ok)) {
            body.output();
        }
    }

    private static String plan(ToolRun run) {
        ToolOutput output = run.output();
        return output != null && output.detail() instanceof ToolDetail.Plan(var markdown, _)
                ? markdown
                : run.field("plan");
    }

    @Override
    public String argument(ToolRun run) {
        return run.output() != null && run.output().detail() instanceof ToolDetail.Plan plan
                ? plan.path()
                : "";
    }

    @Override
    public boolean opens(ToolRun run) {
        return !plan(run).isBlank();
    }
}
