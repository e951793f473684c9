/*
 * The freshness protocol for one key, as it is built.
 *
 * Checked: no FRESH read returns less than the highest revision acknowledged before it was invoked.
 * Each safeguard has a switch that takes it out (WITHOUT_..., WITH_...); Spin must then find a stale read.
 *
 * Every process does one operation. One that stops for ever is among the behaviours that are searched,
 * so a crash is possible between any two steps; the one between commit and advance is written out too.
 *
 * Where a step could take any of several values and one of them allows all that the others allow, only
 * that one is taken. Each such place says "the worst".
 */

#ifndef WRITERS
#define WRITERS 2
#endif
#ifndef READERS
#define READERS 2
#endif

/* ---- Operations: all who can move the generation or fill. 0 is what was there before the run. ---- */

#define PAST      0
#define WRITER(n) (n)                                /* n = 1 .. WRITERS */
#define READER(n) (WRITERS + (n))                    /* n = 1 .. READERS */
#ifdef REPAIR
#define REPAIRER  (WRITERS + READERS + 1)
#define OPS       (WRITERS + READERS + 2)
#else
#define OPS       (WRITERS + READERS + 1)
#endif
#define NOBODY    OPS

byte i;                                              /* for loops within one step; 0 between steps */
#define EACH_OP(i) i : 0 .. OPS - 1

/* ---- The store counts commits: a revision is all that the property looks at. ---- */

byte store;
byte acked;                                          /* the highest revision acknowledged so far */

#define ACKNOWLEDGE(rev) acked = (rev > acked -> rev : acked)

/* ---- Fills. Once sent, one is in flight for ever: it may land at any time, any number of times, or
 * never, in any order. V is the one that landed last. As any may have landed the moment before a look, V
 * is not kept: a look takes any fill that was sent, or none (lost, or taken for a miss). ---- */

typedef Fill {
  bool sent;
  byte revision;
  byte e                                             /* the epoch stamped on it */
};
Fill fill[OPS];

/* ---- Generations, one stamp per operation: what a writer or reader saw, then what its fill carries. ----
 *
 * EXACT: counters as they are. Amounts are random, so two sums of amounts are equal only if they are
 * sums of the same amounts (but by chance, 2^-40). Operation n therefore adds 3^n: the digits of G,
 * base 3, say how often each operation's increment was applied since G was lost last. Sums are equal if
 * and only if the multisets are, which is all that the protocol ever asks, "x2 == x1 + r" included.
 * An increment is applied twice at most, so no digit overflows, whatever the number of losses.
 *
 * Otherwise: stamps by what they equal. G never comes back to a value that it left (generation.pml), so
 * a stamp is G's value now (CURRENT), or never again (DEAD): which number it was makes no difference.
 * Only a reader between its look at G and its look at V compares with a G that was: what was CURRENT
 * when G moved on under its eyes is OLD(reader). Late and doubled increments need no book-keeping:
 * G may move on at any time, any number of times, to a value that nobody holds. That is more than the
 * network can do, so what holds here holds for the counters.
 *
 * Proofs run without EXACT (more behaviours than there are), convictions with it (no more than there are).
 */

#define ABSENT 0

#ifdef EXACT

short G;
short g[OPS];
byte copies[OPS];                                    /* how often the network may still apply it */

#ifdef WITHOUT_RANDOM_AMOUNTS
#define AMOUNT(op) 1
#else
#define AMOUNT(op) ((op) == 0 -> 1 : ((op) == 1 -> 3 : ((op) == 2 -> 9 : ((op) == 3 -> 27 : \
                   ((op) == 4 -> 81 : ((op) == 5 -> 243 : ((op) == 6 -> 729 : 2187)))))))
#endif

#ifdef WITHOUT_CONSISTENT_READS
short lagging;                                       /* G as a replica has it: one change behind */
#define REMEMBER_G lagging = G
#define LOOK_AT_G(op) if :: g[op] = G :: g[op] = lagging fi
#else
#define REMEMBER_G skip
#define LOOK_AT_G(op) g[op] = G
#endif

#define SAME(op1, op2)  (g[op1] == g[op2])
#define SEND(op)        copies[op] = 2               /* the network may double it */
#define MAY_ARRIVE(op)  (copies[op] > 0)

#ifdef WITH_SET_FOR_INCREMENT                        /* a fresh random stamp is set */
#define APPLY(op) REMEMBER_G; G = AMOUNT(op); copies[op]--
#define MOVED_ALONE(op) true
#else
#define APPLY(op) REMEMBER_G; G = G + AMOUNT(op); copies[op]--
#define MOVED_ALONE(op) (G == g[op] + AMOUNT(op))    /* asked after APPLY(op): x2 == x1 + r */
#endif
#define TAKE(op) g[op] = G
#ifdef TUTORIAL
#define CAN_COUNT(op) true
#else
#define CAN_COUNT(op) (g[op] != ABSENT)
#endif
#define TAKE_PAST G = AMOUNT(PAST); g[PAST] = G; copies[PAST] = 1

inline lose_generation() {
  REMEMBER_G; G = ABSENT;
  /* Assumed: no increment is applied on both sides of a loss. */
#ifndef WITH_ANY_DOUBLE_ACROSS_LOSS
  for (EACH_OP(i)) {
    if
#ifdef WITH_UNACKNOWLEDGED_DOUBLE_ACROSS_LOSS
    :: copies[i] == 1 && answered[i] -> copies[i] = 0
#else
    :: copies[i] == 1 -> copies[i] = 0
#endif
    :: else
    fi
  }
  i = 0
#endif
}

#ifdef WITH_UNACKNOWLEDGED_DOUBLE_ACROSS_LOSS
bool answered[OPS];
#define ANSWERED(op) answered[op] = true
#else
#define ANSWERED(op) skip
#endif
#define BEGIN_LOOK(op) skip
#define END_LOOK(op)   skip

#else /* stamps by what they equal */

#define CURRENT 1
#define DEAD    2
#define OLD(op) (3 + (op))

bool G;                                              /* present? */
byte g[OPS];
bool looking[OPS];                                   /* between a look at G and one at V */

#define LOOK_AT_G(op)   g[op] = (G -> CURRENT : ABSENT)
#define SAME(op1, op2)  (g[op1] == g[op2] && g[op1] != DEAD)
#define SEND(op)        skip
#define MAY_ARRIVE(op)  true
#define ANSWERED(op)    skip
#define BEGIN_LOOK(op)  looking[op] = true
#define END_LOOK(op)    looking[op] = false; forget_old(OLD(op))

bool alone;                                          /* x2 == x1 + r: G was at x1 until this increment */
#define APPLY(op) d_step { alone = (g[op] == LOOK_NOW); leave_generation(); G = true }
#define LOOK_NOW  (G -> CURRENT : ABSENT)
#define MOVED_ALONE(op) alone
#define TAKE(op) g[op] = CURRENT
#define CAN_COUNT(op) (g[op] != ABSENT && g[op] != DEAD)
#define TAKE_PAST G = true; g[PAST] = CURRENT

byte was;                                            /* within one step, too */

/* Nobody will compare with such a stamp again: one state for all of them, and no fill to land. */
inline forget_old(stamp) {
  d_step {
    was = DEAD;
    for (EACH_OP(i)) { if :: looking[i] && g[i] == stamp -> was = stamp :: else fi }
    for (EACH_OP(i)) {
      if
      :: was == DEAD && g[i] == stamp ->
         g[i] = DEAD;
         if :: fill[i].sent -> fill[i].sent = false; fill[i].revision = 0; fill[i].e = 0; g[i] = 0 :: else fi
      :: else
      fi
    }
    i = 0; was = 0
  }
}

inline leave_generation() {
  was = DEAD;
  for (EACH_OP(i)) { if :: looking[i] && g[i] == CURRENT -> was = OLD(i) :: else fi }
  for (EACH_OP(i)) {
    if
    :: g[i] == CURRENT ->
       g[i] = was;
       if
       :: was == DEAD && fill[i].sent -> fill[i].sent = false; fill[i].revision = 0; fill[i].e = 0; g[i] = 0
       :: else
       fi
    :: else
    fi
  }
  i = 0; was = 0
}

inline lose_generation() { leave_generation(); G = false }

#endif

/* ---- The epoch of the key's shard, and what leases allow. Proved from clocks in lease.pml:
 *
 * an instance whose lease is valid knows an epoch from `settled` to `epoch`. `settled` is the highest
 * epoch whose raiser has waited d: each instance that had confirmed less has confirmed more since, or has
 * let its lease lapse. ---- */

byte epoch;
byte settled;

/* The worst: who reads an entry knows as little as it can, who stamps one knows as much as it can. */
#ifdef WITHOUT_LEASE_EXPIRY
#define EPOCH_ALLOWS(e) true                         /* knows what it confirmed an hour ago */
#else
#define EPOCH_ALLOWS(e) (e >= settled)
#endif
#define SEE_EPOCH(e)    e = epoch

#ifdef TUTORIAL                                      /* the answer alone: whatever is there counts */
#define COUNTS(v, op) true
#else
#ifdef WITHOUT_GENERATION_CHECK
#define COUNTS(v, op) EPOCH_ALLOWS(fill[v].e)
#else
#define COUNTS(v, op) (g[op] != ABSENT && SAME(v, op) && EPOCH_ALLOWS(fill[v].e))
#endif
#endif

inline send_fill(op, rev, epo) {
  d_step { fill[op].revision = rev; fill[op].e = epo; fill[op].sent = true }
}

/* ---- That the model is not empty: `run` compiles it once for each of these, and it must be reached. ---- */

#ifndef REACH
#define REACH 0
#endif
#if REACH
#define REACHED(n, what) assert(REACH != n || !(what))
bool crashed, lost, raised;
#define NOTE(what) what = true
#else
#define REACHED(n, what) skip
#define NOTE(what) skip
#endif

/* ---- The network and the cache's own whims ---- */

#ifdef EXACT
#define ARRIVES(op) :: atomic { MAY_ARRIVE(op) -> \
    REACHED(10, op == WRITER(1) && raised); REACHED(11, op == WRITER(1) && acked == 1 && !raised && copies[op] == 1); \
    APPLY(op); printf("an increment of operation %d arrives by itself: the generation is %d\n", op, G) }
#endif

active proctype Cache() {
end:
  do
#ifdef EXACT
  ARRIVES(0) ARRIVES(1) ARRIVES(2)
#if OPS > 3
  ARRIVES(3)
#endif
#if OPS > 4
  ARRIVES(4)
#endif
#if OPS > 5
  ARRIVES(5)
#endif
#if OPS > 6
  ARRIVES(6)
#endif
#else
  :: d_step { leave_generation(); G = true; printf("an increment arrives by itself\n") }         /* an increment arrives, late or twice */
#endif
  /* Flushed, expired or evicted. V needs no loss of its own, see above. */
  :: d_step { G != ABSENT -> lose_generation(); NOTE(lost); printf("the cache loses the generation\n") }
  od
}

/* ---- A write ---- */

#ifdef WITHOUT_ALONE_RULE
#define MAY_FILL(op, x1_absent) true
#else
#ifdef WITHOUT_ABSENT_RULE
#define MAY_FILL(op, x1_absent) MOVED_ALONE(op)
#else
#define MAY_FILL(op, x1_absent) (!x1_absent && MOVED_ALONE(op))
#endif
#endif

#define SAY_ACKNOWLEDGED printf("writer %d: revision %d is acknowledged\n", op, revision)

proctype Writer(byte op) {
  byte revision, e;
  bool repeated, x1_absent;

  if
  :: atomic { LOOK_AT_G(op); printf("writer %d sees generation %d\n", op, g[op]) }   /* x1 */
  :: skip                                            /* no look: as if x1 was absent */
  fi;

#ifdef WITH_ADVANCE_BEFORE_COMMIT
  SEND(op);
  atomic { MAY_ARRIVE(op) -> APPLY(op); printf("writer %d increments: the generation is %d\n", op, G) };
#endif

  /* Writers are alike: the one that commits n-th is called n. */
  if
  :: atomic { store == op - 1 ->
       SEE_EPOCH(e);                                 /* the worst: the moment before the commit */
       store++; revision = store; SEND(op);
       printf("writer %d commits revision %d\n", op, revision) }
  :: atomic { op > 1 && store == op - 1 ->           /* the client repeats the request before it */
       revision = op - 1; repeated = true; SEND(op);
       printf("writer %d repeats the request that committed revision %d\n", op, revision) }
  fi;

  if
#ifdef TUTORIAL
  :: atomic { send_fill(op, revision, 0); ACKNOWLEDGE(revision); SAY_ACKNOWLEDGED; goto done }
#endif
#if defined(WITHOUT_ADVANCE) || defined(WITH_ADVANCE_BEFORE_COMMIT)
  :: atomic { ACKNOWLEDGE(revision); SAY_ACKNOWLEDGED; goto done }
#endif
#if !defined(TUTORIAL) && !defined(WITHOUT_ADVANCE) && !defined(WITH_ADVANCE_BEFORE_COMMIT)
  :: atomic { MAY_ARRIVE(op) ->                      /* the increment, answered */
       x1_absent = (g[op] == ABSENT);
       APPLY(op); ANSWERED(op); printf("writer %d increments: the generation is %d\n", op, G);
       if
       :: !repeated && MAY_FILL(op, x1_absent) ->
          TAKE(op);
#ifdef WITHOUT_WRITER_EPOCH_BEFORE_COMMIT
          SEE_EPOCH(e);                              /* (one step with the increment, but after the commit) */
#endif
          send_fill(op, revision, e);
          printf("writer %d fills revision %d for generation %d, epoch %d\n", op, revision, g[op], e)
       :: else -> g[op] = ABSENT
       fi;
       x1_absent = 0 }
     atomic { ACKNOWLEDGE(revision); SAY_ACKNOWLEDGED; REACHED(9, repeated); goto done }
#ifdef WITHOUT_RAISE
  :: atomic { ACKNOWLEDGE(revision); SAY_ACKNOWLEDGED; g[op] = ABSENT; goto done }
#else
  :: atomic { epoch++; e = epoch; g[op] = ABSENT; NOTE(raised);   /* no answer in time: applied, late or lost */
       printf("writer %d does not reach the cache and raises the epoch to %d\n", op, e) };
#ifdef WITHOUT_WAIT
     atomic { ACKNOWLEDGE(revision); SAY_ACKNOWLEDGED; goto done }
#else
     /* It has waited d. The worst: that was just now. */
     atomic { settled = (e > settled -> e : settled);
       printf("writer %d has waited\n", op); ACKNOWLEDGE(revision); SAY_ACKNOWLEDGED; goto done }
#endif
#endif
#endif
  :: atomic { g[op] = ABSENT; NOTE(crashed); printf("writer %d crashes\n", op); goto done }   /* between commit and advance */
  fi;

done:
  atomic { e = 0; revision = 0; repeated = 0; false }  /* stays */
}

/* ---- A FRESH read ---- */

#if defined(WITHOUT_GENERATION_BEFORE_READ) || defined(TUTORIAL)
#define START_GENERATION false
#else
#define START_GENERATION true
#endif

byte readers;                                        /* how many were invoked */

inline look_at_v() { atomic { select(v : 0 .. OPS - 1); if :: fill[v].sent :: else -> v = NOBODY fi } }

#define SAY_INVOKED    printf("reader %d is invoked, owed revision %d\n", op - WRITERS, floor)
#define SAY_GENERATION printf("reader %d sees generation %d\n", op - WRITERS, g[op])

proctype Reader(byte op) {
  byte v, floor, revision, e;

  /* getBatch: consistent, but not one moment for both items. The worst: invoked at the first look.
   * Readers are alike: the one that is invoked n-th is called n. */
  if
  :: atomic { readers == op - READER(1) ->
       readers++; floor = acked; LOOK_AT_G(op); BEGIN_LOOK(op); SAY_INVOKED; SAY_GENERATION };
     atomic { look_at_v(); if :: v == NOBODY -> END_LOOK(op) :: else fi }
  :: atomic { readers == op - READER(1) -> readers++; floor = acked; SAY_INVOKED; look_at_v() };
     atomic { LOOK_AT_G(op); BEGIN_LOOK(op); SAY_GENERATION }
  fi;

  if
  :: atomic { v != NOBODY && COUNTS(v, op) ->
       printf("reader %d hits revision %d, filled by operation %d for generation %d, epoch %d\n",
              op - WRITERS, fill[v].revision, v, g[v], fill[v].e);
       assert(fill[v].revision >= floor);
       REACHED(1, v >= READER(1));
       REACHED(2, v >= WRITER(1) && v <= WRITER(WRITERS));
       REACHED(3, lost && v >= READER(1));
       REACHED(4, crashed && fill[v].revision < store);
       REACHED(5, floor == WRITERS);
       g[op] = 0; END_LOOK(op); goto done }
  :: atomic { else ->
       REACHED(6, v != NOBODY && g[op] != ABSENT && !SAME(v, op) && fill[v].revision < floor);
       REACHED(7, v != NOBODY && g[op] != ABSENT && SAME(v, op) && fill[v].revision < floor);
       REACHED(8, v == PAST && lost && g[op] != ABSENT && !SAME(v, op));
       v = 0; floor = 0; END_LOOK(op);
       if :: START_GENERATION && g[op] == ABSENT -> SEND(op) :: else fi }
  fi;

  if
  :: atomic { START_GENERATION && g[op] == ABSENT && MAY_ARRIVE(op) ->
       APPLY(op); ANSWERED(op); printf("reader %d increments: the generation is %d\n", op - WRITERS, G);
       if :: MOVED_ALONE(op) -> TAKE(op) :: else fi }
  :: skip                                            /* it has one, or there was no answer in time */
  fi;

  /* The epoch, the read and its fill in one step. The worst: what is stamped is seen at the last moment,
   * and a fill that is sent early may still be late. The store's answer is the newest, never stale. */
  atomic {
    SEE_EPOCH(e); revision = store; assert(revision >= acked);
    printf("reader %d reads revision %d in the store\n", op - WRITERS, revision);
#ifdef WITHOUT_GENERATION_BEFORE_READ
  };
  atomic {
    LOOK_AT_G(op); SAY_GENERATION;
#endif
#ifdef WITHOUT_EPOCH_BEFORE_READ
  };
  atomic {
    SEE_EPOCH(e);
#endif
    if
    :: CAN_COUNT(op) -> send_fill(op, revision, e);
       printf("reader %d fills revision %d for generation %d, epoch %d\n", op - WRITERS, revision, g[op], e)
    :: else -> g[op] = ABSENT
    fi;
    goto done
  };
done:
  atomic { revision = 0; e = 0; v = 0; floor = 0; false }  /* stays */
}

/* ---- The repair of a change that somebody made without the service, or whose writer crashed ----
 *
 * Promised: once the repair is done with a change, reads do not fall behind it. So that is when this model
 * counts it as acknowledged. The repair does not know whether the writer advanced; it always does. */

#ifdef REPAIR
#ifdef WITH_REPAIR_OF_WRONG_ANSWERS_ONLY             /* does nothing, unless V counts and differs */
#define NEEDS_REPAIR (v != NOBODY && COUNTS(v, op) && fill[v].revision != revision)
#else
#ifdef WITH_REPAIR_UNLESS_RIGHT_ANSWER               /* does nothing, if V counts and is the same */
#define NEEDS_REPAIR !(v != NOBODY && COUNTS(v, op) && fill[v].revision == revision)
#else
#define NEEDS_REPAIR true
#endif
#endif

proctype Repair(byte op) {
  byte revision, v, e;

  atomic { store > 0 -> revision = store;
    printf("the repair learns of revision %d\n", revision) };          /* any change, as the stream tells it */
  if
  :: atomic { LOOK_AT_G(op); BEGIN_LOOK(op) }; look_at_v()
  :: look_at_v(); atomic { LOOK_AT_G(op); BEGIN_LOOK(op) }
  fi;
  if
  :: atomic { NEEDS_REPAIR -> END_LOOK(op); g[op] = ABSENT; v = 0; SEND(op); printf("the repair has work to do\n") };
     if
     :: atomic { MAY_ARRIVE(op) -> APPLY(op); ANSWERED(op) }
     :: atomic { epoch++; e = epoch };
        settled = (e > settled -> e : settled)
     fi
  :: atomic { !(NEEDS_REPAIR) -> printf("the repair looks and finds nothing to do\n"); END_LOOK(op); g[op] = ABSENT; v = 0 }
  fi;
  atomic { ACKNOWLEDGE(revision); printf("the repair is done\n"); revision = 0; e = 0; false }
}
#endif

init {
  byte n;
  atomic {
    if
    :: printf("revision 0 was filled as operation 0\n"); TAKE_PAST; fill[PAST].sent = true             /* an answer filled that has landed, or has not yet */
    :: skip                                          /* an empty cache */
    fi;
    for (n : 1 .. WRITERS) { run Writer(WRITER(n)) }
    for (n : 1 .. READERS) { run Reader(READER(n)) }
    n = 0
#ifdef REPAIR
    ; run Repair(REPAIRER)
#endif
  }
}
