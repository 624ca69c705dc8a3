/// A scripted agent for users without CLI and API key. It works offline and is labelled as a demo.
package dev.oriel.agent.demo;
