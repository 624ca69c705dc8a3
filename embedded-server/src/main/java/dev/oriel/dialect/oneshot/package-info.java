/// One prompt for each connection: what the agent answers comes as the lines of a CLI, then the
/// connection ends (wire.md 3).
package dev.oriel.dialect.oneshot;
