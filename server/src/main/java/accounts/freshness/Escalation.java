package accounts.freshness;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * What a writer does, and when, that gets no answer from the cache.
 *
 * @param notices how it asks another instance
 * @param repairActive whether any instance reads notices at the moment
 * @param noticeAfter how long it tries by itself before it leaves a notice, too
 * @param limit how long it tries, by itself and through a notice, before it raises epochs
 */
public record Escalation(
    Notices notices, BooleanSupplier repairActive, Duration noticeAfter, Duration limit) {}
