package dev.oriel.gateway;

import dev.oriel.dialect.WorkFolder;

/// What the operator decided for single dialects.
///
/// @param workFolder where sessions of systems are that know no folders
public record DialectSettings(WorkFolder workFolder) {
    public static DialectSettings standard() {
        return new DialectSettings(WorkFolder.home());
    }

    public DialectSettings withWorkFolder(WorkFolder folder) {
        return new DialectSettings(folder);
    }
}
