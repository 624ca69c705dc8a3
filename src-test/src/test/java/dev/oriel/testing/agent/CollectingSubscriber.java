package dev.oriel.testing.agent;

import dev.oriel.message.Message;
import dev.oriel.session.control.Role;
import dev.oriel.session.event.Delivery;
import dev.oriel.session.event.EventBatch;
import dev.oriel.session.event.EventMessages;
import dev.oriel.session.event.SessionEvent;
import dev.oriel.session.event.Subscriber;
import dev.oriel.testing.await.Patience;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/// A subscriber without a socket that records what it receives and always has room.
public final class CollectingSubscriber implements Subscriber {
    private final boolean answers;
    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private volatile boolean gone;

    /// @param answers whether its client can answer asks
    public CollectingSubscriber(boolean answers) {
        this.answers = answers;
    }

    public List<Message> messages() {
        return messages;
    }

    public boolean isGone() {
        return gone;
    }

    public Message await(Predicate<Message> fits) {
        Awaitility.await().atMost(Patience.LIMIT).until(() -> messages.stream().anyMatch(fits));
        return messages.stream().filter(fits).findFirst().orElseThrow();
    }

    @Override
    public void deliver(EventBatch batch) {
        batch.deliveries().forEach(d -> messages.add(d.message()));
    }

    @Override
    public void replay(List<Delivery> page) {
        page.forEach(d -> messages.add(d.message()));
    }

    @Override
    public void send(SessionEvent event) {
        messages.add(EventMessages.of(event));
    }

    @Override
    public boolean isFull() {
        return false;
    }

    @Override
    public boolean awaitRoom(Duration longest) {
        return true;
    }

    @Override
    public void whenRoom(Runnable then) {
        then.run();
    }

    @Override
    public void onDeleted() {
        gone = true;
    }

    /// Like the window.
    @Override
    public Role role() {
        return Role.OWNER;
    }

    @Override
    public void onFailed(String why) {
        gone = true;
    }

    @Override
    public boolean answersAsks() {
        return answers;
    }
}
