/// The journal's port: sessions, their messages and their queued prompts, as every storage keeps
/// them. [dev.oriel.journal.sqlite] implements it.
package dev.oriel.journal;
