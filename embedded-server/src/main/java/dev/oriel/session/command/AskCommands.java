package dev.oriel.session.command;

import dev.oriel.agent.Agent;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.Message;
import dev.oriel.session.event.SessionEvent.AskClosed;
import dev.oriel.session.event.SessionEvent.RequestRejected;
import dev.oriel.session.event.Subscriber;
import dev.oriel.session.fanout.SessionOutput;
import dev.oriel.session.state.PendingAsks;
import dev.oriel.session.state.SessionModel;
import dev.oriel.session.turn.TurnRunner;
import java.util.Optional;

/// Replies of clients to asks of the agent, and to the question about the folder. Confined to the
/// lane.
public final class AskCommands {
    private final PendingAsks asks;
    private final SessionOutput output;
    private final TurnRunner turns;
    private final boolean mayBypass;

    /// @param mayBypass whether the operator allows `bypassPermissions`
    public AskCommands(
            SessionModel model, SessionOutput output, TurnRunner turns, boolean mayBypass) {
        this.asks = model.asks();
        this.output = output;
        this.turns = turns;
        this.mayBypass = mayBypass;
    }

    /// Passes a reply on to the agent. The first valid reply wins; a client that replies later gets
    /// the ask's end.
    public void reply(Subscriber from, Message reply) {
        if (turns.agent().trust().receiveReply(from, reply, turns.agent()::replaceBeforeNextTurn)) {
            output.flush();
            return;
        }
        String id = reply.requestId();
        if (id == null) {
            return;
        }
        if (!asks.has(id) || !asks.mayReply(id, from.role())) {
            from.send(new AskClosed(id));
            return;
        }
        Optional<String> problem = asks.problemWith(reply, mayBypass);
        Agent agent = turns.agent().running();
        if (problem.isPresent() || agent == null) {
            from.send(
                    new RequestRejected(
                            ErrorCode.BAD_REQUEST, problem.orElse("The agent is not running.")));
            return;
        }
        agent.reply(reply);
        output.sendToOthers(from, new AskClosed(id));
        turns.asks().resolve(id);
        output.flush();
    }
}
