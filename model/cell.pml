/*
 * The freshness protocol for one key: one cell in the cache, changed by compare-and-set only.
 *
 * Checked: no FRESH read returns less than the highest revision acknowledged before it was invoked.
 * Each safeguard has a switch that leaves it out (WITHOUT_..., WITH_...); Spin must then find a stale read.
 *
 * Any process may stop for ever between any two steps, so a crash needs no step of its own. Readers read
 * again and again; the cell is lost any number of times; calls of any attempt are lost, late or doubled.
 *
 * The model is small because no state of the cell ever recurs, see "In flight" below and README.md.
 * EXACT: nothing happens that could not (variants, situations). Without it a little more happens than can
 * (proofs): a Loading that nobody is going to fill may take the place of anything at any time.
 */

#ifndef WRITERS
#define WRITERS 2
#endif
#ifndef READERS
#define READERS 2
#endif

#define NOBODY    0
#define WRITER(n) (n)                                /* n = 1 .. WRITERS */
#define RELIER    (WRITERS + 1)                      /* writes another key and relies on this one */
#define REPAIRER  (WRITERS + 2)
#define READER(n) (WRITERS + 2 + (n))                /* n = 1 .. READERS */
#define BIT(op)   (1 << (op))

/* ---- Situations that must be possible: `run` compiles the model once for each, and it must be reached. ---- */

#ifdef REACH
#define REACHED(n, what) assert(REACH != n || !(what))
short notes;
#define NOTE(n) notes = notes | BIT(n)
#define UNNOTE(n) notes = notes & ~BIT(n)
#define NOTED(n) (notes & BIT(n))
#else
#define REACHED(n, what) skip
#define NOTE(n) skip
#define UNNOTE(n) skip
#define NOTED(n) false
#endif
#define LOST       0
#define LATE_STEP  1
#define RAISED     2
#define TAKEN_OVER 3
#define OUTDATED   4
#define REPAIRED   5
#define RESTORED   9                                 /* REPAIRED + revision in between */
#define FILLED     10                                /* the last Value is a reader's */

/* ---- The store counts commits: the property is about revisions only. ---- */

byte store;
byte acked;                                          /* the highest revision acknowledged so far */

#define ACKNOWLEDGE(r) acked = (r > acked -> r : acked)

/* ---- Epochs. lease.pml proves: a view that is valid knows an epoch >= settled, where settled is the
 * highest epoch whose raiser has waited. The view may be any epoch from there to the newest. ---- */

byte epoch;                                          /* in the store */
byte settled;

#ifdef WITHOUT_LEASE_EXPIRY
#define OLDEST_VIEW 0
#else
#define OLDEST_VIEW settled
#endif
#define TAKE_VIEW(e) select(e : OLDEST_VIEW .. epoch)

/* ---- The cell ---- */

#define NOTHING 0
#define LOADING 1
#define VALUE   2
#define INVALID 3

byte kind, cell_epoch, cell_revision;
byte owner;                                          /* whose Loading, or whose fill if it is a writer's */

/* ---- In flight. A compare-and-set has an effect only while the cell is in the exact state that it
 * expects. As no state recurs, that means: while the cell has not changed since. So a call in flight is
 * one bit, and the next change of the cell clears all bits. ---- */

byte seen;                                           /* actors that have seen the current state of the cell: one bit each */
byte before;                                         /* writers that have seen it before their commit */
byte sent;                                           /* writers that have committed, so that their calls are in flight */
byte label[WRITERS + 3];                             /* the epoch that a writer puts on its Value */
#define NO_LABEL 255                                 /* no view before the commit: puts Invalid */

bool fill_sent;                                      /* the fill that expects the present Loading */
byte fill_epoch, fill_revision;

#ifdef ROLLBACK                                      /* the previous state, while no answer has shown the present one */
bool unanswered;
byte was_kind, was_epoch, was_revision, was_owner, was_seen, was_before, was_fill_epoch, was_fill_revision;
bool was_fill_sent;
inline remember() {
  if
  :: !unanswered -> unanswered = true; was_kind = kind; was_epoch = cell_epoch; was_revision = cell_revision;
     was_owner = owner; was_seen = seen; was_before = before; was_fill_sent = fill_sent; was_fill_epoch = fill_epoch; was_fill_revision = fill_revision
  :: else                                            /* several changes: back to the state before the first */
  fi
}
inline answered() {
  unanswered = false; was_kind = 0; was_epoch = 0; was_revision = 0; was_owner = 0; was_seen = 0; was_before = 0;
  was_fill_sent = false; was_fill_epoch = 0; was_fill_revision = 0
}
#else
#define remember() skip
#define answered() skip
#endif

#if defined(WITHOUT_CONSISTENT_GETS) || defined(WITH_ROLLBACK_OF_WHAT_WAS_ACKNOWLEDGED)
byte old_kind, old_epoch, old_revision;              /* one change behind */
#define KEEP_OLD old_kind = kind; old_epoch = cell_epoch; old_revision = cell_revision
#else
#define KEEP_OLD skip
#endif

inline become(k, l, r, o) {
  KEEP_OLD;
  REACHED(4, fill_sent && fill_revision < store && k == VALUE);
  kind = k; cell_epoch = l; cell_revision = r; owner = o;
  seen = 0; before = 0; fill_sent = false; fill_epoch = 0; fill_revision = 0
}

#define SEE(op) seen = seen | BIT(op)
#define OWN_FILL(op) (kind == VALUE && owner == op)
#define FITS(op) ((sent & BIT(op)) && ((seen & BIT(op)) || OWN_FILL(op)))

#define CELL_IS "the cell is kind %d, epoch %d, revision %d (1 Loading, 2 Value, 3 Invalid)\n"
#define SAY_CELL printf(CELL_IS, kind, cell_epoch, cell_revision)

/* What a writer's compare-and-set does when it fits. Its Value may replace a state that it saw before its
 * commit, or an older Value. A Loading or Invalid that it first saw after its commit may have replaced nothing,
 * with which a later writer was done; it puts Invalid there, as writers without an answer or a label do. */
#ifdef WITH_VALUE_OVER_ANYTHING
#define MAY_PUT_VALUE(who) true
#else
#define MAY_PUT_VALUE(who) ((before & BIT(who)) || kind == VALUE)
#endif
inline put(who) {
  UNNOTE(FILLED);
  if
  :: who <= WRITERS && label[who] != NO_LABEL && MAY_PUT_VALUE(who) -> become(VALUE, label[who], who, NOBODY)
  :: else -> become(INVALID, 0, 0, NOBODY)
  fi;
  SAY_CELL
}

/* ---- Fills, which no caller waits for. ---- */

#if defined(TUTORIAL) || defined(WITH_PLAIN_SET_FILL) || defined(WITH_FIXED_NONCES) || defined(WITH_SET_IF_ABSENT_ACROSS_LOSS)
#define KEEP_FILLS                                   /* dead fills cannot be identified */
bool kept[WRITERS + READERS + 3];
byte kept_epoch[WRITERS + READERS + 3], kept_revision[WRITERS + READERS + 3];
byte claimed;
#if defined(TUTORIAL) || defined(WITH_PLAIN_SET_FILL)
#define FILL_FITS(op) kept[op]
#else
#ifdef WITH_FIXED_NONCES
#define FILL_FITS(op) (kept[op] && kind == LOADING)
#else
#define FILL_FITS(op) (kept[op] && kind == LOADING && owner == op)
#endif
#endif
inline send_fill(who, l) { kept[who] = true; kept_epoch[who] = l; kept_revision[who] = store }
#else
inline send_fill(who, l) {
  if
  :: kind == LOADING && owner == who -> fill_sent = true; fill_epoch = l; fill_revision = store
  :: else -> REACHED(5, true)                        /* its Loading has been replaced: refused whenever it arrives */
  fi;
#ifdef ROLLBACK
  if
  :: unanswered && was_kind == LOADING && was_owner == who -> was_fill_sent = true; was_fill_epoch = l; was_fill_revision = store
  :: else
  fi
#endif
}
#endif

#ifdef WITH_WRITER_FILLING_EMPTY_CELL
byte empty_sent;
#endif

/* ---- The network and the cache ---- */

active proctype Cache() {
  byte op;
end:
  do
  :: atomic { kind != NOTHING -> remember(); become(NOTHING, 0, 0, NOBODY); NOTE(LOST);
       printf("the cell is lost\n") }                /* flushed, expired, evicted */
  :: atomic { kind == LOADING && fill_sent -> remember();
       REACHED(6, fill_revision < store && NOTED(RAISED));
       op = owner; become(VALUE, fill_epoch, fill_revision, NOBODY);
       if :: op <= WRITERS -> owner = op :: else -> NOTE(FILLED) fi;
       op = 0;
       printf("a fill arrives: "); SAY_CELL }
  :: atomic { seen != 0 || (kind == VALUE && owner != NOBODY) -> select(op : 1 .. REPAIRER);
       if
       :: FITS(op) -> remember(); printf("a call of %d arrives without an answer: ", op); put(op); NOTE(LATE_STEP)
       :: else
       fi;
       op = 0 }
#ifndef EXACT
  :: atomic { remember(); become(LOADING, 0, 0, NOBODY) }          /* a claim whose caller has timed out */
  :: atomic { kind == LOADING -> remember(); become(INVALID, 0, 0, NOBODY) }   /* which is released, or cannot be filled */
#endif
#ifdef ROLLBACK
  :: atomic { unanswered ->
       kind = was_kind; cell_epoch = was_epoch; cell_revision = was_revision; owner = was_owner; seen = was_seen; before = was_before;
       fill_sent = was_fill_sent; fill_epoch = was_fill_epoch; fill_revision = was_fill_revision; answered(); NOTE(RESTORED);
       printf("an unanswered change is undone: "); SAY_CELL }
#endif
#ifdef WITH_ROLLBACK_OF_WHAT_WAS_ACKNOWLEDGED
  :: atomic { old_kind == VALUE -> become(VALUE, old_epoch, old_revision, NOBODY);
       printf("the cell is rolled back: "); SAY_CELL }
#endif
#ifdef KEEP_FILLS
  :: atomic { select(op : 1 .. READER(READERS));
       if
       :: FILL_FITS(op) -> become(VALUE, kept_epoch[op], kept_revision[op], NOBODY);
          printf("a fill of %d arrives: ", op); SAY_CELL
       :: else
       fi;
       op = 0 }
#endif
#ifdef WITH_SET_IF_ABSENT_ACROSS_LOSS
  :: atomic { kind == NOTHING && claimed != 0 -> select(op : 1 .. READER(READERS));
       if
       :: claimed & BIT(op) -> become(LOADING, 0, 0, op); printf("the set-if-absent of %d arrives again\n", op)
       :: else
       fi;
       op = 0 }
#endif
#ifdef WITH_WRITER_FILLING_EMPTY_CELL
  :: atomic { kind == NOTHING && (empty_sent != 0) -> select(op : 1 .. WRITERS);
       if
       :: empty_sent & BIT(op) -> become(VALUE, label[op], op, NOBODY); printf("set-if-absent of writer %d arrives: ", op); SAY_CELL
       :: else
       fi;
       op = 0 }
#endif
  od
}

/* ---- The step: the cell must hold this revision or a later one, or nothing. ---- */

#ifdef WITH_STEP_TRUSTING_LOADING
#define STEP_DONE(r) (kind != VALUE || cell_revision >= r)
#else
#ifdef WITH_STEP_OVER_LATER_REVISION
#define STEP_DONE(r) (kind == NOTHING || (kind == VALUE && cell_revision == r))
#else
#define STEP_DONE(r) (kind == NOTHING || (kind == VALUE && cell_revision >= r))
#endif
#endif

#ifdef WITH_INVALID_TAKEN_FOR_DONE
#define INVALID_DONE (kind == INVALID)
#else
#define INVALID_DONE false
#endif

/* ---- Raising the epoch, and waiting ---- */

#ifdef WITH_RAISE_SKIPPED_FOR_EARLIER
#define RAISED_SINCE (label[op] != NO_LABEL && epoch > label[op])
#else
#define RAISED_SINCE (epoch > at_commit)
#endif

inline raise_and_wait(r) {
  atomic {
    if
    :: RAISED_SINCE -> REACHED(14, true); printf("%d finds epoch %d raised after its commit\n", op, epoch)
    :: else -> epoch++; printf("%d cannot reach the cache and raises the epoch to %d\n", op, epoch)
    fi;
    NOTE(RAISED);
    at_commit = epoch
  };
#ifdef WITHOUT_WAIT
  atomic { ACKNOWLEDGE(r); printf("revision %d is acknowledged\n", r) }
#else
  atomic { settled = (at_commit > settled -> at_commit : settled);          /* has waited, just now */
    ACKNOWLEDGE(r); printf("%d has waited; revision %d is acknowledged\n", op, r) }
#endif
}

/* ---- A write ---- */

proctype Writer(byte op) {
  byte at_commit;                                    /* the epoch in the store at the commit; then the one to wait for */
  byte view;
  bool nothing_seen;

  /* Reads its key before the commit, like a reader. */
  if
  :: atomic { TAKE_VIEW(view); label[op] = view; view = 0; printf("writer %d takes view %d\n", op, label[op]) };
     if
     :: atomic { answered(); if :: kind != NOTHING -> SEE(op); before = before | BIT(op) :: else -> nothing_seen = true fi;
          printf("writer %d reads: ", op); SAY_CELL }
#ifndef TUTORIAL
     :: atomic { !(kind == VALUE && cell_epoch >= label[op]) -> answered(); become(LOADING, 0, 0, op);
          printf("writer %d claims the cell\n", op) };
        atomic { printf("writer %d reads revision %d and fills it\n", op, store); send_fill(op, label[op]) }
#endif
     :: skip                                         /* no answer */
     fi
  :: label[op] = NO_LABEL                            /* no view: does not read the cell */
  fi;

  /* Writers are symmetric: the n-th to commit is called n. */
  atomic { store == op - 1 ->
    store++; at_commit = epoch; printf("writer %d commits revision %d\n", op, op);
#ifdef WITH_WRITER_LABEL_AFTER_COMMIT
  };
  atomic {
    TAKE_VIEW(view); label[op] = view; view = 0;
#endif
    sent = sent | BIT(op)
  };

#if defined(TUTORIAL)
  if
  :: atomic { become(VALUE, 0, op, NOBODY); printf("writer %d sets: ", op); SAY_CELL; ACKNOWLEDGE(op) }
  fi;
  goto done;
#endif
#ifdef WITHOUT_STEP
  atomic { ACKNOWLEDGE(op); printf("revision %d is acknowledged\n", op); goto done };
#endif

  do
  :: atomic { FITS(op) -> answered();                /* answered: swapped */
       REACHED(13, OWN_FILL(op));
       printf("writer %d swaps: ", op); put(op); ACKNOWLEDGE(op); printf("revision %d is acknowledged\n", op); goto done }
#ifdef WITH_MISMATCH_TAKEN_FOR_DONE
  :: atomic { !FITS(op) -> ACKNOWLEDGE(op); printf("writer %d finds another state; revision %d is acknowledged\n", op, op); goto done }
#endif
#ifdef WITH_TRUST_IN_EMPTY_BEFORE_COMMIT
  :: atomic { nothing_seen -> ACKNOWLEDGE(op); printf("writer %d saw nothing; revision %d is acknowledged\n", op, op); goto done }
#endif
  :: atomic { answered();                            /* a get */
       if
       :: STEP_DONE(op) || INVALID_DONE ->
          REACHED(11, kind == VALUE && cell_revision > op); REACHED(12, kind == NOTHING && !nothing_seen && label[op] != NO_LABEL);
          printf("writer %d finds it done: ", op); SAY_CELL;
#ifdef WITH_WRITER_FILLING_EMPTY_CELL
          if :: kind == NOTHING && label[op] != NO_LABEL -> empty_sent = empty_sent | BIT(op) :: else fi;
#endif
          seen = seen & ~BIT(op);
          ACKNOWLEDGE(op); printf("revision %d is acknowledged\n", op); goto done
       :: else -> SEE(op); printf("writer %d reads: ", op); SAY_CELL
       fi }
#ifdef WITH_NOTICE_ACKNOWLEDGED_BEFORE_ITS_STEP
  :: atomic { ACKNOWLEDGE(op); printf("writer %d leaves a notice; revision %d is acknowledged\n", op, op); goto done }
#endif
#ifdef REPAIR
  :: atomic { acked >= op && NOTED(REPAIRED) -> REACHED(7, NOTED(REPAIRED + op)); goto done }  /* its notice is marked */
#endif
#ifdef WITHOUT_RAISE
  :: atomic { ACKNOWLEDGE(op); printf("writer %d gets no answer; revision %d is acknowledged\n", op, op); goto done }
#else
  :: break                                           /* no answer in time */
#endif
  od;
  raise_and_wait(op);

done:
  atomic { at_commit = 0; nothing_seen = false; false }        /* stays */
}

/* ---- A FRESH read, again and again ---- */

#ifdef WITHOUT_EPOCHS
#define HIT (kind == VALUE)
#else
#ifdef TUTORIAL
#define HIT (kind == VALUE)
#else
#define HIT (kind == VALUE && cell_epoch == e)
#endif
#endif
#define CLAIMABLE (kind != VALUE || cell_epoch < e)
#define NAME (op - REPAIRER)

proctype Reader(byte op) {
  byte floor, e;

  do
  :: atomic { TAKE_VIEW(e); floor = acked; printf("reader %d is invoked, owed revision %d, view %d\n", NAME, floor, e) };
     if
     :: atomic { HIT -> answered(); printf("reader %d hits: ", NAME); SAY_CELL;
          assert(cell_revision >= floor);
          REACHED(1, NOTED(FILLED) && cell_revision > 0);
          REACHED(2, !NOTED(FILLED) && cell_revision > 0 && !NOTED(LATE_STEP));
          REACHED(19, floor == WRITERS);
          REACHED(20, NOTED(LATE_STEP) && floor > 0);
          REACHED(21, cell_revision < store);
          REACHED(3, NOTED(LOST) && cell_revision > 0);
          REACHED(8, NOTED(RAISED) && cell_epoch > 0 && floor > 0);
          REACHED(9, NOTED(TAKEN_OVER) && cell_revision > 0);
          REACHED(15, NOTED(REPAIRED) && cell_revision > 0);
          REACHED(16, NOTED(OUTDATED) && cell_revision > 0);
          REACHED(18, NOTED(RESTORED) && cell_revision > 0);
          e = 0; floor = 0; goto next }
#ifdef WITHOUT_CONSISTENT_GETS
     :: atomic { old_kind == VALUE && old_epoch == e -> printf("reader %d hits a replica: revision %d\n", NAME, old_revision);
          assert(old_revision >= floor);
          e = 0; floor = 0; goto next }
#endif
#ifdef TUTORIAL
     :: atomic { !(HIT) -> floor = 0; printf("reader %d misses\n", NAME) }
#else
     :: atomic { !(HIT) && CLAIMABLE -> answered();      /* get and claim in one step: the claim fits only if nothing happened in between */
          if
          :: kind == LOADING && owner != NOBODY && owner != op -> NOTE(TAKEN_OVER)
          :: kind == VALUE -> NOTE(OUTDATED); REACHED(17, cell_revision < floor)
          :: else
          fi;
#ifdef WITH_SET_IF_ABSENT_ACROSS_LOSS
          if :: kind == NOTHING -> claimed = claimed | BIT(op) :: else fi;
#endif
          become(LOADING, 0, 0, op); floor = 0; printf("reader %d claims the cell\n", NAME) }
#endif
     :: atomic { e = 0; floor = 0; goto next }       /* reads the store, fills nothing */
     fi;
     /* Reads the store and sends the fill in one step: a fill that is sent early may still be late. */
     atomic {
       printf("reader %d reads revision %d and fills it with epoch %d\n", NAME, store, e);
#ifdef WITH_EPOCH_LABEL_AFTER_READ
       floor = store
     };
     atomic {
       TAKE_VIEW(e); printf("reader %d labels it with epoch %d\n", NAME, e);
       if :: kind == LOADING && owner == op -> fill_sent = true; fill_epoch = e; fill_revision = floor :: else fi;
       floor = 0;
#else
       send_fill(op, e);
#endif
       e = 0
     };
next: skip
  od
}

/* ---- A write of another key that relies on a revision of this one: it saw that revision in the store,
 * or in the cell, and its own acknowledgement acknowledges it. ---- */

#ifdef RELY
proctype Relier(byte op) {
  byte e, at_commit, revision;

  atomic { TAKE_VIEW(e) };
  if
  :: atomic { kind == VALUE && cell_epoch == e -> answered();          /* a hit: the step has nothing to do */
       ACKNOWLEDGE(cell_revision); printf("the relying write hits: "); SAY_CELL; e = 0; goto done }
  :: atomic { CLAIMABLE -> answered(); become(LOADING, 0, 0, op); printf("the relying write claims the cell\n") };
     atomic { revision = store; at_commit = epoch; printf("the relying write reads revision %d\n", store); send_fill(op, e) };
#ifdef WITH_TRUST_IN_OWN_CLAIM
     atomic { ACKNOWLEDGE(revision); printf("the relying write is acknowledged\n"); revision = 0; at_commit = 0; e = 0; goto done }
#endif
  :: atomic { revision = store; at_commit = epoch; printf("the relying write reads revision %d\n", store) }
  fi;
  e = 0;
#ifdef WITHOUT_STEP_FOR_RELIED_ON
  atomic { ACKNOWLEDGE(revision); printf("the relying write is acknowledged\n"); revision = 0; at_commit = 0; goto done };
#endif
  sent = sent | BIT(op);
  do
  :: atomic { seen & BIT(op) -> answered(); REACHED(10, true); put(op); ACKNOWLEDGE(revision); printf("the relying write is acknowledged\n"); goto done }
  :: atomic { answered();
       if
       :: STEP_DONE(revision) || INVALID_DONE -> seen = seen & ~BIT(op); ACKNOWLEDGE(revision); printf("the relying write is acknowledged\n"); goto done
       :: else -> SEE(op)
       fi }
  :: break
  od;
  raise_and_wait(revision);
done:
  atomic { at_commit = 0; revision = 0; false }
}
#endif

/* ---- The repair, for records of the stream (crashed writers, out-of-band changes) and
 * notices, each again and again. Once it is done with a change, reads must not go back behind it. So
 * the model counts a change as acknowledged then. A writer that leaves a notice and waits for its mark needs
 * no step of its own: it acknowledges later than that. ---- */

#ifdef REPAIR
#ifdef WITH_REPAIR_SKIPPING_LOADING
#define REPAIR_DONE(r) (kind != VALUE || cell_revision >= r)
#else
#ifdef WITH_REPAIR_TRUSTING_OLDER
#define REPAIR_DONE(r) (kind == NOTHING || kind == VALUE)
#else
#define REPAIR_DONE(r) STEP_DONE(r)
#endif
#endif
#define REPAIR_IS_DONE \
  seen = seen & ~BIT(op); ACKNOWLEDGE(revision); NOTE(REPAIRED); NOTE(REPAIRED + revision); \
  printf("the repair is done with revision %d\n", revision); revision = 0

proctype Repairer(byte op) {
  byte revision;

  sent = sent | BIT(op);
  do
  :: atomic { revision == 0 && store > 0 -> select(revision : 1 .. store); printf("the repair learns of revision %d\n", revision) }
  :: atomic { revision != 0 -> answered();
       if
       :: REPAIR_DONE(revision) || INVALID_DONE -> REPAIR_IS_DONE
       :: else -> SEE(op)
       fi }
  :: atomic { revision != 0 && (seen & BIT(op)) -> answered(); put(op); REPAIR_IS_DONE }
  od
}
#endif

init {
  byte n;
  atomic {
    if
    :: kind = VALUE; printf("the cell holds revision 0\n")
    :: kind = LOADING; printf("the cell holds a Loading of a crashed reader\n")
    :: kind = INVALID; printf("the cell holds Invalid\n")
    :: skip
    fi;
    for (n : 1 .. WRITERS) { run Writer(WRITER(n)) }
    for (n : 1 .. READERS) { run Reader(READER(n)) }
#ifdef RELY
    run Relier(RELIER);
#endif
#ifdef REPAIR
    run Repairer(REPAIRER);
#endif
    n = 0
  }
}
