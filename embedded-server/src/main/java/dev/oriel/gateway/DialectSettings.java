package dev.oriel.gateway;

import dev.oriel.dialect.WorkFolder;
import dev.oriel.dialect.enhanced.EnhancedSettings;

/// What the operator decided for single dialects.
///
/// @param workFolder where sessions of systems are that know no folders
public record DialectSettings(WorkFolder workFolder, EnhancedSettings enhanced) {
    public static DialectSettings standard() {
        return new DialectSettings(WorkFolder.home(), EnhancedSettings.standard());
    }

    public DialectSettings withWorkFolder(WorkFolder folder) {
        return new DialectSettings(folder, enhanced);
    }

    public DialectSettings withEnhanced(EnhancedSettings settings) {
        return new DialectSettings(workFolder, settings);
    }
}
