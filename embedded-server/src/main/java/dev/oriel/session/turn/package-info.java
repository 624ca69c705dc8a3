/// Runs turns: starts and stops the agent, gives it prompts, and follows its output.
package dev.oriel.session.turn;
