package dev.oriel.gateway;

import dev.oriel.dialect.enhanced.EnhancedSettings;
import dev.oriel.dialect.files.WorkFolder;
import dev.oriel.dialect.manager.ManagerSettings;
import dev.oriel.dialect.oneshot.OneshotDialect;
import java.time.Duration;

/// The operator's settings for single dialects.
///
/// @param workFolder folder of the sessions of systems that have no folders
/// @param oneshotTimeout after which a run of the oneshot dialect is ended
public record DialectSettings(
        WorkFolder workFolder,
        EnhancedSettings enhanced,
        Duration oneshotTimeout,
        ManagerSettings manager) {
    public static DialectSettings defaults() {
        return new DialectSettings(
                WorkFolder.home(),
                EnhancedSettings.defaults(),
                OneshotDialect.DEFAULT_TIMEOUT,
                ManagerSettings.defaults());
    }

    public DialectSettings withWorkFolder(WorkFolder folder) {
        return new DialectSettings(folder, enhanced, oneshotTimeout, manager);
    }

    public DialectSettings withEnhanced(EnhancedSettings settings) {
        return new DialectSettings(workFolder, settings, oneshotTimeout, manager);
    }

    public DialectSettings withOneshotTimeout(Duration timeout) {
        return new DialectSettings(workFolder, enhanced, timeout, manager);
    }

    public DialectSettings withManager(ManagerSettings settings) {
        return new DialectSettings(workFolder, enhanced, oneshotTimeout, settings);
    }
}
