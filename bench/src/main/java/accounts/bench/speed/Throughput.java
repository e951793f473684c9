package accounts.bench.speed;

/**
 * What a closed loop showed.
 *
 * @param perSecond calls that ended in a second
 * @param micros processor time of the server for one of them
 * @param bytes that the server allocated for one of them
 * @param unexpected the share of failures and of answers from somewhere else
 * @param units what is paid for one of them
 */
record Throughput(double perSecond, double micros, double bytes, double unexpected, Units units) {}
