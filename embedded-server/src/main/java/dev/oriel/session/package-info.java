/// Sessions: conversations with an agent, their queue, asks and subscribers.
package dev.oriel.session;
