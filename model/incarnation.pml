/*
 * The item that names the incarnation and the epochs: replaced, deleted, rolled back to an older copy.
 *
 * The item holds a version: versions are numbered in the order in which they were first written, and each
 * incarnation begins with a version of its own. Checked, whenever an instance uses the version that it knows:
 *  - it is no older than a raise that was waited for;
 *  - it is no incarnation older than one that any instance has used before. So when an instance uses a new
 *    incarnation, no instance trusts the previous one.
 *
 * Instance 0 always polls in time, so that in each tick a poll begins that knows all it knew, and ends; others of its
 * polls may take any time. It knows more than all others when the item is rolled back: such an instance must run to
 * detect that. Instance 1 behaves in any way: stops, restarts without memory, polls at any pace. True time in ticks;
 * lease.pml proves that a wait by one clock outlasts a lease by another, so both are LEASE here.
 */

#ifndef LEASE
#define LEASE    2
#endif
#define WAIT     LEASE
#ifndef RAISES
#define RAISES   2                                    /* raises up to this version; later ones are minted */
#endif
#define VERSIONS 7
#define DELETED  0
#define UNKNOWN  0

#define CAP(age, most) (age < most -> age + 1 : age)

byte item = 1, last = 1;                             /* in the table; the highest ever written */
byte began_at[VERSIONS + 1] = 1;                       /* the version that began a version's incarnation */
#define SAME_INCARNATION(x, y) (began_at[x] == began_at[y])
byte settled = 1;

byte known[2] = 1;
byte lease[2] = LEASE;                               /* age of the read that its lease rests on */
byte shown[2];                                       /* time since the end of the read that first showed it */
bool confirmed[2];                                   /* the lease is from a read that began after the wait */

/* Polls: of instance i, number 2i, and where they may overlap 2i + 1, which began later. */
#ifndef OVERLAPS                                      /* whose polls may overlap: a bit for each instance */
#define OVERLAPS 0
#endif
bool polling[4], began_after_wait[4];
byte since[4], answer[4] = 255;
byte seen[4], left_at_begin[4];                      /* what its instance knew, and had left, when it began */
bool overlapped[4], overtaken[4];                    /* the lease was renewed or dropped since; by a poll that began later */
byte left[2];                                        /* incarnations that an instance left for others: a bit for each */

byte quiet;                                          /* age of the last poll that instance 0 finished */

byte raised, waiting;                                /* a raise in progress, time since */
bool deleted, rolled_back;                           /* once each: a second rollback could hide the first */

#ifdef WITHOUT_WAIT_FOR_INCARNATION
#define WAITED(i) true
#else
#define WAITED(i) (shown[i] >= WAIT)
#endif
#ifdef WITH_LEASE_FROM_BEFORE_WAIT
#define USABLE(i) (known[i] != UNKNOWN && lease[i] < LEASE && WAITED(i))
#else
#ifdef WITHOUT_WAIT_FOR_INCARNATION
#define USABLE(i) (known[i] != UNKNOWN && lease[i] < LEASE)
#else
#define USABLE(i) (known[i] != UNKNOWN && lease[i] < LEASE && confirmed[i])
#endif
#endif

active proctype Time() {
  do
  :: d_step { quiet < LEASE - 1 ->
       quiet++; waiting = (raised -> CAP(waiting, WAIT) : 0);
       lease[0] = CAP(lease[0], LEASE); lease[1] = CAP(lease[1], LEASE);
       shown[0] = CAP(shown[0], WAIT); shown[1] = CAP(shown[1], WAIT);
       since[0] = (polling[0] -> CAP(since[0], LEASE) : 0); since[1] = (polling[1] -> CAP(since[1], LEASE) : 0);
       since[2] = (polling[2] -> CAP(since[2], LEASE) : 0); since[3] = (polling[3] -> CAP(since[3], LEASE) : 0);
       printf("a tick\n") }
  od
}

#ifdef WITHOUT_WAIT_AFTER_LAPSE
#define LAPSED false
#else
#define LAPSED (lease[i] >= LEASE)
#endif

inline mint(x) {                                     /* replaces the incarnation if it is still the one that was read */
  if
  :: item == x || (item != DELETED && x != DELETED && SAME_INCARNATION(item, x)) ->
     assert(last < VERSIONS); last++; began_at[last] = last; item = last; printf("a new incarnation is minted: version %d\n", last)
  :: else
  fi
}

inline forget(p) {
  polling[p] = false; since[p] = 0; answer[p] = 255; began_after_wait[p] = false; seen[p] = UNKNOWN; left_at_begin[p] = 0;
  overlapped[p] = false; overtaken[p] = false
}

#define EARLIER (2 * i)
#define LATER   (2 * i + 1)

inline forget_earlier() {                            /* the later one takes its place */
  polling[EARLIER] = polling[LATER]; since[EARLIER] = since[LATER]; answer[EARLIER] = answer[LATER];
  began_after_wait[EARLIER] = began_after_wait[LATER]; seen[EARLIER] = seen[LATER]; left_at_begin[EARLIER] = left_at_begin[LATER];
  overlapped[EARLIER] = overlapped[LATER]; overtaken[EARLIER] = overtaken[LATER];
  forget(LATER)
}

#define OTHER(p) (p ^ 1)

inline drop_lease(p) {                               /* only polls that begin after this renew it */
  lease[i] = LEASE; confirmed[i] = false;
  overlapped[OTHER(p)] = polling[OTHER(p)]; overtaken[OTHER(p)] = polling[OTHER(p)]
}

inline wait_anew(p) { shown[i] = 0; confirmed[i] = false; began_after_wait[p] = false; began_after_wait[OTHER(p)] = false }

inline take(p, x) {
  if
  :: known[i] == UNKNOWN || !SAME_INCARNATION(x, known[i]) || LAPSED -> wait_anew(p)
  :: else
  fi;
  left[i] = (known[i] != UNKNOWN && !SAME_INCARNATION(x, known[i]) -> left[i] | (1 << began_at[known[i]]) : left[i]);
  known[i] = (known[i] != UNKNOWN && SAME_INCARNATION(x, known[i]) && overlapped[p] && known[i] > x -> known[i] : x);
  lease[i] = since[p]; confirmed[i] = (confirmed[i] || began_after_wait[p]);
  overlapped[OTHER(p)] = polling[OTHER(p)]; overtaken[OTHER(p)] = (overtaken[OTHER(p)] || (polling[OTHER(p)] && p == LATER))
}

#ifdef WITH_ROLLBACK_OF_EPOCHS_ACCEPTED
#define OLDER_EPOCH(x) false
#else
#ifdef WITH_ROLLBACK_SEEN_ONLY_WITHOUT_OVERLAP
#define OLDER_EPOCH(x) (SAME_INCARNATION(x, known[i]) && !overlapped[p] && x < known[i])
#else                                                /* whatever ended in the meantime */
#define OLDER_EPOCH(x) (SAME_INCARNATION(x, known[i]) && seen[p] != UNKNOWN && SAME_INCARNATION(x, seen[p]) && x < seen[p])
#endif
#endif
#ifdef WITH_ROLLBACK_OF_INCARNATION_ACCEPTED         /* incarnations cannot be put in order */
#define OLDER_INCARNATION(x) false
#else
#ifdef WITH_ROLLBACK_SEEN_ONLY_WITHOUT_OVERLAP
#define OLDER_INCARNATION(x) (!SAME_INCARNATION(x, known[i]) && !overlapped[p] && ((left[i] >> began_at[x]) & 1))
#else
#define OLDER_INCARNATION(x) (!SAME_INCARNATION(x, known[i]) && ((left_at_begin[p] >> began_at[x]) & 1))
#endif
#endif
inline begin_poll(p) {
  polling[p] = true; since[p] = 0; began_after_wait[p] = (known[i] != UNKNOWN && shown[i] >= WAIT);
  seen[p] = known[i]; left_at_begin[p] = left[i]; printf("instance %d polls\n", i)
}

inline end_poll(p) {
  x = answer[p];
  quiet = (i == 0 && since[p] < quiet && known[i] == seen[p] -> since[p] : quiet);
  printf("instance %d learns version %d\n", i, x);
  if
  :: x == DELETED -> mint(DELETED)
  :: x != DELETED && overtaken[p] -> skip
  :: x != DELETED && !overtaken[p] && known[i] != UNKNOWN && (OLDER_EPOCH(x) || OLDER_INCARNATION(x)) ->
     printf("which is older than %d\n", known[i]); mint(x); drop_lease(p)
  :: x != DELETED && !overtaken[p] && !(known[i] != UNKNOWN && (OLDER_EPOCH(x) || OLDER_INCARNATION(x))) ->
     if
     :: known[i] != UNKNOWN && !SAME_INCARNATION(x, known[i]) && overlapped[p]   /* a later poll shows which is the newer one */
     :: else -> take(p, x)
     fi
  fi;
  x = 0
}

active [2] proctype Instance() {
  byte i = _pid - 1, x;

  do
  :: d_step { !polling[EARLIER] -> begin_poll(EARLIER) }
  :: d_step { ((OVERLAPS >> i) & 1) && polling[EARLIER] && !polling[LATER] -> begin_poll(LATER) }
  :: d_step { polling[EARLIER] && answer[EARLIER] == 255 -> answer[EARLIER] = item; printf("instance %d reads version %d\n", i, item) }
  :: d_step { polling[LATER] && answer[LATER] == 255 -> answer[LATER] = item; printf("instance %d reads version %d\n", i, item) }
  :: d_step { polling[EARLIER] && answer[EARLIER] != 255 -> end_poll(EARLIER); forget_earlier() }
  :: d_step { polling[LATER] && answer[LATER] != 255 -> end_poll(LATER); forget(LATER) }
  :: d_step { i == 1 && polling[EARLIER] -> forget_earlier() }                   /* failed */
  :: d_step { i == 1 && polling[LATER] -> forget(LATER) }
  :: d_step { i == 1 && known[i] != UNKNOWN -> known[i] = UNKNOWN; left[i] = 0; lease[i] = LEASE; confirmed[i] = false; shown[i] = 0;
       forget(EARLIER); forget(LATER); printf("instance 1 starts anew\n") }
  :: atomic { USABLE(i) -> printf("instance %d uses version %d of the incarnation that began with %d; %d is settled\n", i, known[i], began_at[known[i]], settled);
       assert(known[i] >= settled);
#ifdef REACH
       assert(!(i == 1 && began_at[known[1]] > 1 && began_at[known[0]] == began_at[known[1]] && USABLE(0)));
#endif
       settled = (began_at[known[i]] > settled -> began_at[known[i]] : settled) }
  od
}

active proctype Raiser() {
  do
  :: d_step { !raised && item != DELETED && last < RAISES ->
#ifdef WITH_RAISE_BY_ONE                             /* to a number that may have been used before the rollback */
       raised = item + 1; assert(raised > last); last = raised;
#else
       last++; raised = last;
#endif
       began_at[raised] = began_at[item]; item = raised; waiting = 0;
       printf("the epoch is raised: version %d\n", raised) }
#ifdef WITHOUT_READ_AFTER_WAIT
  :: d_step { raised && waiting >= WAIT ->
#else
  :: d_step { raised && waiting >= WAIT && item >= raised && SAME_INCARNATION(item, raised) ->   /* reads the item once more */
#endif
       settled = (raised > settled -> raised : settled); printf("the raiser has waited for version %d, and acknowledges\n", raised);
       raised = 0; waiting = 0 }
  :: d_step { raised -> raised = 0; waiting = 0 }    /* gives up and acknowledges nothing */
  od
}

#ifdef WITHOUT_DELETION
#define MAY_BE_DELETED false
#else
#define MAY_BE_DELETED true
#endif
#define ANSWERED(p) (answer[p] == 255 -> 0 : answer[p])
#define KNOWS_MORE (known[0] >= settled && known[0] >= known[1] && known[0] >= ANSWERED(2) && known[0] >= ANSWERED(3))

active proctype Damage() {
  byte x;
  do
  :: d_step { MAY_BE_DELETED && !deleted && item != DELETED -> deleted = true; item = DELETED; printf("the item is deleted\n") }
  :: atomic { !rolled_back && item != 1 && KNOWS_MORE -> select(x : 1 .. last);
       if
       :: x < item || item == DELETED -> rolled_back = true; item = x; printf("the item is rolled back to version %d\n", x)
       :: else
       fi;
       x = 0 }
  od
}
