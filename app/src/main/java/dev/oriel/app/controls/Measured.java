package dev.oriel.app.controls;

/// A control that is at least [TextRuns#leastHeight] high.
sealed interface Measured permits MeasuredCheckBox, MeasuredLabel, MeasuredRadioButton {}
