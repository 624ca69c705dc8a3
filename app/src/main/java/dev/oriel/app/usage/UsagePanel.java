package dev.oriel.app.usage;

import dev.oriel.app.controls.Controls;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The panel with the context and what it holds, costs, and the limits of the user's plan.
public final class UsagePanel extends VBox {
    /// Where the style sheet of this package is.
    public static final String STYLESHEET = "/dev/oriel/app/usage/usage.css";

    private final UsageViewModel model;
    private final VBox context = new VBox(8);
    private final VBox contents = new VBox(8);
    private final VBox costs = new VBox(6);
    private final VBox plan = new VBox(10);

    /// @param close closes the panel
    public UsagePanel(UsageViewModel model, Runnable close) {
        this.model = model;
        setId("usage-panel");
        setAccessibleText("Usage");
        getStyleClass().add("panel");
        Label title = Controls.label("Usage");
        title.getStyleClass().add("card-title");
        Button closeButton = Controls.button(null, new FontIcon(Feather.X));
        closeButton.getStyleClass().add("ghost");
        closeButton.setAccessibleText("Close");
        closeButton.setOnAction(_ -> close.run());
        getChildren().addAll(row(title, closeButton), context, costs, plan, contents);
        sceneProperty()
                .subscribe(scene -> {
                    subscription.unsubscribe();
                    subscription = scene == null ? Subscription.EMPTY : watch();
                });
    }

    private Subscription subscription = Subscription.EMPTY;

    /// Follows the model while the panel is shown.
    private Subscription watch() {
        return Subscription.combine(
                model.onContext(this::showContext),
                model.breakdown().subscribe(this::showContents),
                model.sessionCost().subscribe(_ -> showCosts()),
                model.today().subscribe(_ -> showCosts()),
                model.plan()
                        .subscribe(_ -> {
                            showCosts();
                            showPlan();
                        }));
    }

    private void showContext(ContextUse use) {
        context.getChildren().clear();
        context.getChildren().add(section("Context"));
        if (!use.isKnown()) {
            context.getChildren()
                    .add(
                            quiet(
                                    model.hasSession()
                                            ? "Its size is known after Claude’s next answer."
                                            : "Open a session to see what its context holds."));
            return;
        }
        Label numbers = text(use.longText());
        numbers.setId("context-numbers");
        Meter meter = new Meter();
        meter.show(use.share());
        context.getChildren().addAll(numbers, meter);
        if (!use.warning().isEmpty()) {
            Label warning =
                    text(
                            use.level() == ContextUse.Level.FULL
                                    ? "Almost full. Claude soon replaces the conversation in its"
                                            + " context by a summary."
                                    : "Filling up. A summary can replace the conversation in the"
                                            + " context.");
            warning.setGraphic(new FontIcon(Feather.ALERT_TRIANGLE));
            warning.getStyleClass().add("usage-warning");
            context.getChildren().add(warning);
        }
        Button compact = Controls.button("Compact now", new FontIcon(Feather.MINIMIZE_2));
        compact.setId("compact-now");
        compact.setTooltip(
                Controls.tooltip(
                        "Claude writes a summary, which replaces the conversation in its context."
                                + " What you see here stays."));
        compact.setOnAction(_ -> model.compact());
        context.getChildren().add(compact);
    }

    private void showContents(Answer<ContextBreakdown> answer) {
        contents.getChildren().clear();
        switch (answer) {
            case Answer.Unasked<ContextBreakdown> _ -> {
                // Without a session the context has no contents.
            }
            case Answer.Pending<ContextBreakdown> _ ->
                    contents.getChildren()
                            .addAll(section("In the context"), quiet("Asking Claude…"));
            case Answer.Refused<ContextBreakdown>(String why, boolean noAgent) -> {
                contents.getChildren()
                        .addAll(section("In the context"), quiet(refusal(why, noAgent)));
                if (noAgent) {
                    Button start = Controls.button("Start Claude");
                    start.setId("usage-start");
                    start.setOnAction(_ -> model.startAgent());
                    contents.getChildren().add(start);
                }
            }
            case Answer.Given<ContextBreakdown>(ContextBreakdown given) -> {
                contents.getChildren().add(section("In the context"));
                contents.getChildren().addAll(parts(given));
                contents.getChildren().addAll(counting(given));
            }
        }
    }

    private static String refusal(String why, boolean noAgent) {
        return noAgent ? "Claude is not running in this session, so it cannot tell." : why;
    }

    private List<Node> parts(ContextBreakdown given) {
        List<Node> rows = new ArrayList<>();
        for (ContextBreakdown.Part part : given.parts()) {
            Label name = text(name(part));
            Label tokens = Controls.label(tokens(given, part));
            tokens.setMinWidth(USE_PREF_SIZE);
            tokens.getStyleClass().add("quiet");
            VBox row = new VBox(3, row(name, tokens));
            row.getStyleClass().add("usage-part");
            if (part.kind() == ContextBreakdown.Kind.USED) {
                Meter meter = new Meter();
                meter.show(given.share(part));
                row.getChildren().add(meter);
            } else {
                name.getStyleClass().add("quiet");
            }
            rows.add(row);
        }
        return rows;
    }

    private static String name(ContextBreakdown.Part part) {
        return switch (part.kind()) {
            case USED, FREE -> part.name();
            case RESERVED -> part.name() + ", kept free";
            case DEFERRED -> part.name().replace(" (deferred)", "") + ", loaded when needed";
        };
    }

    private static String tokens(ContextBreakdown given, ContextBreakdown.Part part) {
        String tokens = ContextUse.compact(part.tokens());
        return given.window() <= 0 || part.kind() == ContextBreakdown.Kind.DEFERRED
                ? tokens
                : "%s · %.1f %%".formatted(tokens, 100 * given.share(part));
    }

    private List<Node> counting(ContextBreakdown given) {
        if (given.counted()) {
            return List.of(quiet("Counted by the API."));
        }
        Button count = Controls.button("Count exactly");
        count.setId("count-context");
        count.setOnAction(_ -> model.count());
        return List.of(
                quiet(
                        "Estimated. Counting asks the API, about 25 times; it takes a few"
                                + " seconds."),
                count);
    }

    private void showCosts() {
        costs.getChildren().setAll(section("Cost"));
        double spent = model.sessionCost().getValue();
        boolean unpriced = spent == 0 && model.context().isKnown();
        Label session = amount(unpriced ? "unknown" : UsageTexts.cost(spent), "cost-session");
        if (model.hasSession()) {
            costs.getChildren().add(row(text("This session"), session));
            if (unpriced) {
                costs.getChildren()
                        .add(quiet("The price of this model is not known. Tokens are counted."));
            }
        }
        String today =
                switch (model.today().get()) {
                    case Answer.Given<Double>(Double cost) -> UsageTexts.cost(cost);
                    case Answer.Refused<Double> _ -> "unknown";
                    case Answer.Pending<Double> _, Answer.Unasked<Double> _ -> "…";
                };
        costs.getChildren().add(row(text("Today, all sessions"), amount(today, "cost-today")));
        if (model.today().get() instanceof Answer.Refused<Double>(String why, _)) {
            costs.getChildren().add(quiet(why));
        }
        String name = model.plan().get().plan();
        costs.getChildren()
                .add(
                        quiet(
                                name.isEmpty()
                                        ? "Claude’s estimate at API prices. With a subscription you"
                                                + " do not pay it."
                                        : "Claude’s estimate at API prices. Your plan ("
                                                + name
                                                + ") covers it."));
    }

    private void showPlan() {
        plan.getChildren().clear();
        Instant now = model.clock().instant();
        List<PlanUsage.Limit> limits = model.plan().get().limits(now);
        if (limits.isEmpty()) {
            return;
        }
        plan.getChildren().add(section("Limits of your plan"));
        for (PlanUsage.Limit limit : limits) {
            Meter meter = new Meter();
            meter.show(limit.share());
            VBox box =
                    new VBox(
                            3,
                            row(
                                    text(limit.name()),
                                    amount(limit.percent() + " % used", "plan-share")),
                            meter);
            String reset = UsageTexts.reset(limit.resetsAt(), now, model.clock().getZone());
            if (!reset.isEmpty()) {
                box.getChildren().add(quiet(reset));
            }
            plan.getChildren().add(box);
        }
    }

    private static Label section(String name) {
        Label label = Controls.label(name);
        label.getStyleClass().add("section");
        return label;
    }

    private static Label text(String words) {
        return Controls.wrapping(Controls.label(words));
    }

    private static Label quiet(String words) {
        Label label = text(words);
        label.getStyleClass().add("quiet");
        return label;
    }

    private static Label amount(String words, String id) {
        Label label = Controls.label(words);
        label.setId(id);
        label.setMinWidth(USE_PREF_SIZE);
        return label;
    }

    private static HBox row(Node start, Node end) {
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox row = new HBox(8, start, space, end);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }
}
