package accounts.freshness;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * What a writer does if the cache does not answer, and when.
 *
 * @param notices how it asks another instance
 * @param repairActive whether some instance currently handles notices
 * @param noticeAfter how long it retries before it also leaves a notice
 * @param limit how long it retries, with or without a notice, before it raises epochs
 */
public record Escalation(
    Notices notices, BooleanSupplier repairActive, Duration noticeAfter, Duration limit) {}
