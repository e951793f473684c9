/*
 * The near cache of one instance: a BOUNDED read returns an answer that was current at most B ago.
 *
 * Time passes in ticks until END, far beyond B. Two loads run at any pace, overlapping, and cache what they
 * read; a writer commits and acknowledges at any time.
 */

#define B   1
#define END 4

byte now;
byte store, acked;
byte acked_at[END + 1];                              /* the revision acknowledged when a tick began */

bool kept;
byte revision, stamp;

active proctype Time() {
  do
  :: atomic { now < END -> now++; acked_at[now] = acked; printf("tick %d begins; revision %d is acknowledged\n", now, acked) }
  :: now == END -> break
  od
}

active proctype Writer() {
  do
  :: atomic { store < 2 -> store++; printf("revision %d is committed\n", store) };
     atomic { acked = store; printf("and acknowledged\n") }
  :: store == 2 -> break
  od
}

active [2] proctype Load() {
  byte began, read;

  do
  :: atomic { began = now; printf("load %d begins\n", _pid) };
     atomic { read = store; printf("load %d reads revision %d\n", _pid, read) };                              /* a FRESH read: current at some time after it began */
#ifdef WITH_AGE_FROM_ANSWER
     atomic { printf("load %d keeps revision %d\n", _pid, read); kept = true; revision = read; stamp = now; began = 0; read = 0 }
#else
     atomic { printf("load %d keeps revision %d\n", _pid, read); kept = true; revision = read; stamp = began; began = 0; read = 0 }
#endif
  od
}

active proctype Reader() {
  do
  :: atomic { kept && now - stamp <= B -> printf("the near cache answers revision %d, age %d\n", revision, now - stamp);
#ifdef REACH
       assert(!(now - stamp == B && revision < acked));
#endif
       assert(now < B || revision >= acked_at[now - B]) }
  od
}
