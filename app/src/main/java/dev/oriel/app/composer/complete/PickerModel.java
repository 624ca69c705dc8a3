package dev.oriel.app.composer.complete;

import javafx.beans.property.ReadOnlyObjectProperty;

/// A list over the composer of which one row is selected. Belongs to the JavaFX thread.
public interface PickerModel {
    /// What the list shows.
    ReadOnlyObjectProperty<CompletionList> list();

    /// Selects a row by its index.
    void select(int index);

    /// Selects another row.
    ///
    /// @param by how many rows further down; a single step goes on at the other end
    /// @return false if there are no rows, so that the key is not for the list
    boolean move(int by);
}
