package dev.oriel.app.chips;

import dev.oriel.app.access.DisabledReason;
import dev.oriel.app.overlay.Dialogs;
import dev.oriel.app.overlay.Overlays;
import dev.oriel.app.shell.ComposerOptions;
import dev.oriel.app.shell.ShellViewModel;
import dev.oriel.app.shell.UnsupportedFeatures;
import dev.oriel.app.usage.ContextRing;
import java.util.function.Function;
import javafx.scene.Node;

/// The chips under the composer, and the dialogs that they open.
public final class ComposerChips {
    private final ShellViewModel shell;
    private final Overlays overlays;
    private final ChipRow row = new ChipRow();
    private final ModeChip mode;
    private final ModelChip model;
    private final EffortChip effort;

    /// @param showUsage shows what the context holds
    public ComposerChips(ShellViewModel shell, Overlays overlays, Runnable showUsage) {
        this.shell = shell;
        this.overlays = overlays;
        mode = new ModeChip(shell.options(), this::confirmBypass);
        model = new ModelChip(shell.options(), this::enterModel);
        effort = new EffortChip(shell.options());
        add(mode, UnsupportedFeatures::mode);
        add(model, UnsupportedFeatures::model);
        add(effort, UnsupportedFeatures::effort);
        row.add(new ContextRing(shell.contextUse(), showUsage));
    }

    private void add(OptionChip chip, Function<UnsupportedFeatures, String> reason) {
        DisabledReason disabled = new DisabledReason(chip);
        shell.unsupported().subscribe(u -> disabled.reasonProperty().set(reason.apply(u)));
        row.add(chip, disabled);
    }

    private void confirmBypass(Runnable confirmed) {
        Dialogs.confirm(
                overlays,
                "Let Claude run everything unasked?",
                "In this mode Claude runs commands and changes files without asking you, in this"
                        + " session, until you choose another mode.",
                "Never ask",
                confirmed);
    }

    private void enterModel() {
        ComposerOptions options = shell.options();
        String now = options.model().get();
        Dialogs.prompt(
                overlays,
                "Name of the model",
                "claude-opus-5-5",
                now == null ? "" : now,
                name -> {
                    if (!name.isBlank()) {
                        options.setModel(name);
                    }
                });
    }

    /// The row of chips.
    public Node node() {
        return row;
    }

    /// Opens the menu of permission modes.
    public void showModeMenu() {
        mode.openMenu();
    }

    /// Opens the menu of models.
    public void showModelMenu() {
        model.openMenu();
    }

    /// Opens the menu of effort levels.
    public void showEffortMenu() {
        effort.openMenu();
    }
}
