/// One conversation: state machine, prompt queue, asks, fan-out to subscribers.
package dev.oriel.session;
