package dev.authmail.webhook;

import dev.authmail.event.StrictJson;
import dev.authmail.https.HttpsAnswer;
import dev.authmail.https.StrangersHttps;
import java.util.Optional;

/** Answers Amazon SNS when it asks whether a topic may send here: yes, if it is one of those that are named. */
public final class SnsSubscription {
    private final SnsTopics topics;
    private final StrangersHttps https;
    private final StrictJson json;

    /** What became of the question. */
    public enum Confirmation {
        /** The message asks nothing. */
        NOT_ASKED,
        /** Done. */
        CONFIRMED,
        /** SNS did not take the answer. It asks again. */
        FAILED
    }

    /**
     * @param topics that may send
     * @param https tells SNS
     * @param json reads messages, within limits
     */
    public SnsSubscription(SnsTopics topics, StrangersHttps https, StrictJson json) {
        this.topics = topics;
        this.https = https;
        this.json = json;
    }

    /** @param genuine body of a request that is known to be genuine */
    public Confirmation confirm(byte[] genuine) {
        Optional<SnsMessage> question = SnsMessage.read(genuine, json).filter(SnsMessage::asksToConfirm);
        if (question.isEmpty()) {
            return Confirmation.NOT_ASKED;
        }
        boolean confirmed = topics.of(question.get())
                .flatMap(topic -> topic.own(question.get().field("SubscribeURL")))
                .filter(page -> https.get(page, 0) instanceof HttpsAnswer.Answered answer && answer.status() == 200)
                .isPresent();
        return confirmed ? Confirmation.CONFIRMED : Confirmation.FAILED;
    }
}
