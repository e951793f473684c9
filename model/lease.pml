/*
 * Leases on the epoch, with clocks: a valid lease knows every epoch whose raiser has waited. This is what
 * accounts.pml takes for granted of `settled`.
 *
 * One instance that polls, one writer that raises and waits, true time in ticks. Only ages matter, and
 * none is looked at beyond the longest wait, so ages stop there and the model is finite while time runs
 * on without end. The instance's clock may be slow: after every RATE ticks it may miss one. The answer
 * to a poll may take any time, and polls may overlap with raises in any way.
 */

#define D      6                                     /* how long a lease is good, by the instance's clock */
#define RATE   3                                     /* it may miss one tick after so many: at most 1/4 slow */
#define MARGIN 2                                     /* true time for D local ticks: D + D/RATE at most */

#ifdef WITHOUT_WAIT
#define WAIT   0
#else
#ifdef WITHOUT_DRIFT_MARGIN
#define WAIT   D
#else
#define WAIT   (D + MARGIN)
#endif
#endif

#define EPOCHS 3                                     /* raises: more than can be under way at once */
#define NEVER  255

#define CAP(age, most) (age < most -> age + 1 : age)

byte epoch;                                          /* in the store */
byte settled;                                        /* highest epoch whose raiser has waited */
byte waiting = NEVER;                                /* true time since the raise */

byte confirmed;                                      /* what the instance knows */
byte lease = D;                                      /* its age by the instance's clock */

bool polling;
byte since;                                          /* age of the poll, by the instance's clock */
byte answer = NEVER;                                 /* what the store said to it */

byte ticks;                                          /* true ticks since the clock missed one */

#ifdef WITHOUT_LEASE_EXPIRY
#define VALID (lease <= D)                            /* always */
#else
#define VALID (lease < D)
#endif

active proctype Time() {
  do
  :: d_step { waiting == NEVER || waiting < WAIT ->  /* a tick */
       waiting = (waiting == NEVER -> NEVER : waiting + 1);
       lease = CAP(lease, D); since = (polling -> CAP(since, D) : 0); ticks = CAP(ticks, RATE);
       printf("a tick\n") }
  :: d_step { (waiting == NEVER || waiting < WAIT) && ticks == RATE -> /* one that the slow clock misses */
       waiting = (waiting == NEVER -> NEVER : waiting + 1);
       ticks = 0; printf("a tick that the instance's clock misses\n") }
  od
}

active proctype Instance() {
  do
  :: d_step { !polling -> polling = true; since = 0; answer = NEVER; printf("a poll begins\n") }
  :: d_step { polling && answer == NEVER -> answer = epoch; printf("the store tells it epoch %d\n", epoch) }
  :: d_step { polling && answer != NEVER ->
       confirmed = (answer > confirmed -> answer : confirmed);
#ifdef WITH_LEASE_FROM_ANSWER
       lease = 0;
#else
       lease = (since < lease -> since : lease);     /* counted from the beginning of the poll */
#endif
       polling = false; since = 0; answer = NEVER;
       printf("the poll ends: epoch %d is confirmed, the lease is %d old\n", confirmed, lease) }
  :: d_step { polling -> polling = false; since = 0; answer = NEVER }     /* failed */
  :: atomic { VALID -> printf("the instance trusts epoch %d; %d is settled\n", confirmed, settled); assert(confirmed >= settled) } /* trusts an entry */
#ifdef REACH
  :: assert(!(VALID && settled == EPOCHS && confirmed == EPOCHS))
#endif
  od
}

active proctype Raiser() {
  do
  :: d_step { waiting == NEVER && epoch < EPOCHS -> epoch++; waiting = 0; printf("the epoch is raised to %d\n", epoch) }
  :: d_step { waiting != NEVER && waiting >= WAIT -> settled = epoch; waiting = NEVER; printf("the raiser has waited, and acknowledges\n") }
  od
}
