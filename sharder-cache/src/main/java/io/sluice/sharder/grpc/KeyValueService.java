package io.sluice.sharder.grpc;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.sluice.sharder.Target;
import io.sluice.sharder.kv.ShardedCache;
import io.sluice.sharder.wire.KeyValueGrpc.KeyValueImplBase;
import io.sluice.sharder.wire.KeyValueQuestionP;
import io.sluice.sharder.wire.KeyValueReplyP;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the other pods of a sharded cache. */
final class KeyValueService extends KeyValueImplBase {
    private static final Logger LOG = LoggerFactory.getLogger(KeyValueService.class);

    private final Target target;
    private final ShardedCache<?> cache;

    KeyValueService(Target target, ShardedCache<?> cache) {
        this.target = target;
        this.cache = cache;
    }

    @Override
    public void ask(KeyValueQuestionP question, StreamObserver<KeyValueReplyP> answer) {
        try {
            if (!question.getTarget().equals(target.name()))
                throw new IllegalArgumentException("this pod caches for target \"" + target + "\", not \""
                        + question.getTarget() + "\". Give both sides the same target.");
            KeyValueReplyP reply = KeyValueWire.encode(cache.answer(KeyValueWire.decode(question)));
            answer.onNext(reply);
            answer.onCompleted();
        } catch (IllegalArgumentException unreadable) {
            answer.onError(Status.INVALID_ARGUMENT
                    .withDescription(unreadable.getMessage())
                    .asRuntimeException());
        } catch (RuntimeException broken) {
            LOG.error("the cache of {} failed on a question", target, broken);
            answer.onError(Status.INTERNAL.withDescription(broken.toString()).asRuntimeException());
        }
    }
}
