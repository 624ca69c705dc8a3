/// An offline scripted agent: what a newcomer without CLI or key gets, honestly labelled as a demo.
package dev.oriel.agent.demo;
