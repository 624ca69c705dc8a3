package dev.oriel.gateway;

import dev.oriel.account.StoredAccounts;
import dev.oriel.dialect.enhanced.EnhancedSettings;
import dev.oriel.dialect.files.WorkFolder;
import dev.oriel.dialect.manager.ManagerSettings;
import dev.oriel.dialect.oneshot.OneshotDialect;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The operator's settings for single dialects.
///
/// @param workFolder folder of the sessions of systems that have no folders
/// @param oneshotTimeout after which a run of the oneshot dialect is ended
/// @param accounts of the Messages API, which the owner may change; null for none
public record DialectSettings(
        WorkFolder workFolder,
        EnhancedSettings enhanced,
        Duration oneshotTimeout,
        ManagerSettings manager,
        @Nullable StoredAccounts accounts) {
    public static DialectSettings defaults() {
        return new DialectSettings(
                WorkFolder.home(),
                EnhancedSettings.defaults(),
                OneshotDialect.DEFAULT_TIMEOUT,
                ManagerSettings.defaults(),
                null);
    }

    public DialectSettings withWorkFolder(WorkFolder folder) {
        return new DialectSettings(folder, enhanced, oneshotTimeout, manager, accounts);
    }

    public DialectSettings withEnhanced(EnhancedSettings settings) {
        return new DialectSettings(workFolder, settings, oneshotTimeout, manager, accounts);
    }

    public DialectSettings withOneshotTimeout(Duration timeout) {
        return new DialectSettings(workFolder, enhanced, timeout, manager, accounts);
    }

    public DialectSettings withManager(ManagerSettings settings) {
        return new DialectSettings(workFolder, enhanced, oneshotTimeout, settings, accounts);
    }

    public DialectSettings withAccounts(@Nullable StoredAccounts other) {
        return new DialectSettings(workFolder, enhanced, oneshotTimeout, manager, other);
    }
}
