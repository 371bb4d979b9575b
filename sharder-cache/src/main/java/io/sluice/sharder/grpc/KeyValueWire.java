package io.sluice.sharder.grpc;

import com.google.protobuf.UnsafeByteOperations;
import io.sluice.sharder.Generation;
import io.sluice.sharder.Target;
import io.sluice.sharder.kv.Question;
import io.sluice.sharder.kv.Reply;
import io.sluice.sharder.kv.Stored;
import io.sluice.sharder.wire.KeyValueDoneP;
import io.sluice.sharder.wire.KeyValueFetchP;
import io.sluice.sharder.wire.KeyValueFoundP;
import io.sluice.sharder.wire.KeyValueGetP;
import io.sluice.sharder.wire.KeyValueMissingP;
import io.sluice.sharder.wire.KeyValueNotServedP;
import io.sluice.sharder.wire.KeyValuePutP;
import io.sluice.sharder.wire.KeyValueQuestionP;
import io.sluice.sharder.wire.KeyValueRemoveP;
import io.sluice.sharder.wire.KeyValueReplyP;

/** Between a cache's own words and those of {@code kv.proto}. Fails with IllegalArgumentException. */
final class KeyValueWire {
    private KeyValueWire() {}

    static KeyValueQuestionP encode(Target target, Question question) {
        var message = KeyValueQuestionP.newBuilder().setTarget(target.name()).setKey(question.key());
        if (question instanceof Question.Get) message.setGet(KeyValueGetP.getDefaultInstance());
        else if (question instanceof Question.Put put)
            message.setPut(KeyValuePutP.newBuilder()
                    .setValue(UnsafeByteOperations.unsafeWrap(put.value()))
                    .setTtlMillis(put.ttlMillis()));
        else if (question instanceof Question.Remove) message.setRemove(KeyValueRemoveP.getDefaultInstance());
        else message.setFetch(KeyValueFetchP.getDefaultInstance());
        return message.build();
    }

    static Question decode(KeyValueQuestionP message) {
        String key = message.getKey();
        return switch (message.getMessageCase()) {
            case GET -> new Question.Get(key);
            case PUT ->
                new Question.Put(
                        key,
                        message.getPut().getValue().toByteArray(),
                        message.getPut().getTtlMillis());
            case REMOVE -> new Question.Remove(key);
            case FETCH -> new Question.Fetch(key);
            case MESSAGE_NOT_SET -> throw new IllegalArgumentException("a question that asks nothing");
        };
    }

    static KeyValueReplyP encode(Reply reply) {
        var message = KeyValueReplyP.newBuilder();
        if (reply instanceof Reply.Found found)
            message.setFound(KeyValueFoundP.newBuilder()
                    .setValue(UnsafeByteOperations.unsafeWrap(found.stored().value()))
                    .setTtlMillis(found.stored().ttlMillis())
                    .setSinceIncarnation(found.stored().since().incarnation())
                    .setSinceNumber(found.stored().since().number()));
        else if (reply instanceof Reply.Missing) message.setMissing(KeyValueMissingP.getDefaultInstance());
        else if (reply instanceof Reply.Done) message.setDone(KeyValueDoneP.getDefaultInstance());
        else message.setNotServed(KeyValueNotServedP.getDefaultInstance());
        return message.build();
    }

    static Reply decode(KeyValueReplyP message) {
        return switch (message.getMessageCase()) {
            case FOUND -> new Reply.Found(decode(message.getFound()));
            case MISSING -> new Reply.Missing();
            case DONE -> new Reply.Done();
            case NOT_SERVED -> new Reply.NotServed();
            case MESSAGE_NOT_SET -> throw new IllegalArgumentException("a reply that says nothing");
        };
    }

    private static Stored decode(KeyValueFoundP found) {
        return new Stored(
                found.getValue().toByteArray(),
                found.getTtlMillis(),
                new Generation(found.getSinceIncarnation(), found.getSinceNumber()));
    }
}
