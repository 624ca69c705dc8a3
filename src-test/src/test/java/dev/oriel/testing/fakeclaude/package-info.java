/// The program that [dev.oriel.testing.claude.FakeClaude] installs. It runs in a separate process
/// and uses only the JDK, so that it starts fast.
package dev.oriel.testing.fakeclaude;
