/// The program behind [dev.oriel.testing.claude.FakeClaude]. It runs in a process of its own with nothing
/// but the JDK, so that it starts fast.
package dev.oriel.testing.fakeclaude;
