package dev.oriel.app.controls;

/// A control that adds [TextRuns#extraHeight] to its height.
sealed interface Measured permits MeasuredCheckBox, MeasuredLabel, MeasuredRadioButton {}
