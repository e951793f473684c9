/*
 * The item that names the incarnation and the epochs: replaced, deleted, rolled back to an older copy.
 *
 * The item holds a version: versions are numbered in the order in which they were first written, and each
 * incarnation begins with a version of its own. Checked, whenever an instance uses the version that it knows:
 *  - it is no older than a raise that was waited for;
 *  - it is no incarnation older than one that any instance has used before. So when an instance uses a new
 *    incarnation, no instance trusts the previous one.
 *
 * Instance 0 always polls in time: an instance that knows a later version must run to detect a rollback. Instance 1
 * behaves in any way: stops, restarts without memory, polls at any pace. True time in ticks; lease.pml proves that
 * a wait by one clock outlasts a lease by another, so both are LEASE here.
 */

#define LEASE    2
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

byte known[2];
byte lease[2] = LEASE;                               /* age of the read that its lease rests on */
byte shown[2];                                       /* time since the end of the read that first showed it */
bool confirmed[2];                                   /* the lease is from a read that began after the wait */
bool polling[2], began_after_wait[2];
byte since[2], answer[2] = 255;
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
       printf("a tick\n") }
  od
}

inline mint(x) {                                     /* replaces the item if it has not changed since it was read */
  if
  :: item == x -> assert(last < VERSIONS); last++; began_at[last] = last; item = last; printf("a new incarnation is minted: version %d\n", last)
  :: else
  fi
}

inline drop_lease() { lease[i] = LEASE; confirmed[i] = false }

#ifdef WITH_ROLLBACK_OF_EPOCHS_ACCEPTED
#define OLDER_EPOCH(x) false
#else
#define OLDER_EPOCH(x) (SAME_INCARNATION(x, known[i]) && x < known[i])
#endif
#ifdef WITH_ROLLBACK_OF_INCARNATION_ACCEPTED         /* incarnations cannot be put in order */
#define OLDER_INCARNATION(x) false
#else
#define OLDER_INCARNATION(x) (!SAME_INCARNATION(x, known[i]) && x < known[i])
#endif
#ifdef WITHOUT_WAIT_AFTER_LAPSE
#define LAPSED false
#else
#define LAPSED (lease[i] >= LEASE)
#endif

active [2] proctype Instance() {
  byte i = _pid - 1, x;

  do
  :: d_step { !polling[i] -> polling[i] = true; since[i] = 0; began_after_wait[i] = (known[i] != UNKNOWN && shown[i] >= WAIT); printf("instance %d polls\n", i) }
  :: d_step { polling[i] && answer[i] == 255 -> answer[i] = item; printf("instance %d reads version %d\n", i, item) }
  :: d_step { polling[i] && answer[i] != 255 -> x = answer[i];
       printf("instance %d learns version %d\n", i, x);
       if
       :: x == DELETED -> mint(DELETED); drop_lease()
       :: x != DELETED && known[i] != UNKNOWN && (OLDER_EPOCH(x) || OLDER_INCARNATION(x)) ->
          printf("which is older than %d\n", known[i]); mint(x); drop_lease()
       :: x != DELETED && !(known[i] != UNKNOWN && (OLDER_EPOCH(x) || OLDER_INCARNATION(x))) ->
          if
          :: known[i] == UNKNOWN || !SAME_INCARNATION(x, known[i]) || LAPSED ->
             shown[i] = 0; confirmed[i] = false; lease[i] = since[i]
          :: else ->
             lease[i] = (since[i] < lease[i] -> since[i] : lease[i]);
             confirmed[i] = (confirmed[i] || began_after_wait[i])
          fi;
          known[i] = x
       fi;
       quiet = (i == 0 -> since[i] : quiet);
       polling[i] = false; since[i] = 0; answer[i] = 255; began_after_wait[i] = false; x = 0 }
  :: d_step { i == 1 && polling[i] -> polling[i] = false; since[i] = 0; answer[i] = 255; began_after_wait[i] = false }      /* failed */
  :: d_step { i == 1 && known[i] != UNKNOWN -> known[i] = UNKNOWN; drop_lease(); shown[i] = 0;
       polling[i] = false; since[i] = 0; answer[i] = 255; began_after_wait[i] = false; printf("instance 1 starts anew\n") }
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

active proctype Damage() {
  byte x;
  do
  :: d_step { !deleted && item != DELETED -> deleted = true; item = DELETED; printf("the item is deleted\n") }
  :: atomic { !rolled_back && item != 1 -> select(x : 1 .. last);
       if
       :: x < item || item == DELETED -> rolled_back = true; item = x; printf("the item is rolled back to version %d\n", x)
       :: else
       fi;
       x = 0 }
  od
}
