/*
 * Leases on the epoch, with clocks: a valid lease knows every epoch whose raiser has waited. cell.pml
 * assumes this of `settled`.
 *
 * One instance that polls, one writer that raises and waits, true time in ticks. Only ages matter, and
 * none beyond the longest wait, so ages stop there and the model is finite although time does not end. The instance's clock may be slow: after every RATE ticks it may miss one. The raiser's may
 * be fast: after every RATE ticks it may count one twice. The answer
 * to a poll may take any time, and polls may overlap with raises in any way.
 */

#define D      10                                    /* how long a lease is good, by the instance's clock */
#define RATE   12                                    /* ticks between two that are missed or counted twice: 1/12 */
#define MARGIN 2                                     /* the wait is 1.2 leases, by the raiser's clock */

#ifdef WITHOUT_WAIT
#define WAIT   0
#else
#ifdef WITHOUT_DRIFT_MARGIN
#define WAIT   D
#else
#define WAIT   (D + MARGIN)
#endif
#endif

#define EPOCHS 3                                     /* raises: more than can be in progress at once */
#define NEVER  255

#define CAP(age, most) (age < most -> age + 1 : age)

byte epoch;                                          /* in the store */
byte settled;                                        /* highest epoch whose raiser has waited */
byte waiting = NEVER;                                /* time since the raise, by the raiser's clock */

byte confirmed;                                      /* the epoch that the instance knows */
byte lease = D;                                      /* its age by the instance's clock */

bool polling;
byte since;                                          /* age of the poll, by the instance's clock */
byte answer = NEVER;                                 /* the epoch that the store answered */

byte ticks = RATE;                                   /* true ticks since the instance's clock missed one */
byte gained = RATE;                                  /* true ticks since the raiser's counted one twice */

#ifdef WITHOUT_LEASE_EXPIRY
#define VALID (lease <= D)                            /* always */
#else
#define VALID (lease < D)
#endif

#define MAY_TICK (waiting == NEVER || waiting < WAIT)

inline tick_of_raiser() {                            /* fast only while it waits */
  if
  :: waiting == NEVER -> gained = CAP(gained, RATE)
  :: waiting != NEVER && gained == RATE -> waiting = (waiting + 2 > WAIT -> WAIT : waiting + 2); gained = 0
  :: waiting != NEVER -> waiting++; gained = CAP(gained, RATE)
  fi
}

active proctype Time() {
  do
  :: atomic { MAY_TICK -> tick_of_raiser();
       lease = CAP(lease, D); since = (polling -> CAP(since, D) : 0); ticks = CAP(ticks, RATE);
       printf("a tick\n") }
  :: atomic { MAY_TICK && ticks == RATE -> tick_of_raiser();         /* one that the slow clock misses */
       ticks = 0; printf("a tick that the instance's clock misses\n") }
  od
}

active proctype Instance() {
  do
  :: d_step { !polling -> polling = true; since = 0; answer = NEVER; printf("a poll begins\n") }
  :: d_step { polling && answer == NEVER -> answer = epoch; printf("the store answers epoch %d\n", epoch) }
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
