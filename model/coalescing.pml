/*
 * Coalescing of store reads within one instance: three readers of a key, one writer (any instance).
 *
 * Checked: no read returns less than what was acknowledged before it was invoked, whether it hits, loads,
 * or joins another's load; and a fill by a shared load is as valid as any other. G changes from 1 to
 * 2 with the only write. A fill is valid while G is what its loader saw:
 * in the cell, while the Loading that it claimed is there. Once sent, it may arrive at any time.
 */

#define READERS 3
#define ALL_READERS 0 .. READERS - 1

byte store, acked;
byte G = 1;

typedef Load { bool begun, answered; byte revision; byte may_join };  /* one bit per reader */
Load load[READERS];
byte waiting;                                        /* readers that were invoked and may still join: one bit each */

typedef Fill { bool sent; byte revision, g };
Fill fill[READERS];

#define BIT(n) (1 << (n))

#ifdef WITHOUT_JOIN_RULE
#define MAY_JOIN(n) load[n].begun
#else
#define MAY_JOIN(n) (load[n].begun && (load[n].may_join & BIT(me)))
#endif

active proctype Writer() {
  atomic { store = 1; printf("the writer commits\n") };
  atomic { G = 2; printf("the state of the cell is 2\n") };
  atomic { acked = 1; printf("the write is acknowledged\n") }
}

active [READERS] proctype Reader() {
  byte me = _pid - 1;
  byte g, floor, other, revision;

  atomic { floor = acked; waiting = waiting | BIT(me); printf("reader %d is invoked, owed revision %d\n", me, floor) };
  atomic { g = G; printf("reader %d sees state of the cell %d\n", me, g) };                                       
  if
  :: atomic { select(other : ALL_READERS); fill[other].sent && fill[other].g == G ->
       g = G; printf("reader %d hits revision %d\n", me, fill[other].revision); assert(fill[other].revision >= floor); goto done }
  :: skip
  fi;
  if
  :: atomic { load[me].begun = true; load[me].may_join = waiting; printf("reader %d begins a load\n", me) };
     atomic { load[me].revision = store; printf("load %d reads revision %d\n", me, load[me].revision) };
     load[me].answered = true;
     atomic { assert(load[me].revision >= floor);
              printf("reader %d fills it for state of the cell %d\n", me, g);
              fill[me].revision = load[me].revision; fill[me].g = g; fill[me].sent = true }
  :: atomic { select(other : ALL_READERS); other != me && MAY_JOIN(other);
              printf("reader %d joins load %d\n", me, other) };
     atomic { load[other].answered ->
       revision = load[other].revision; printf("reader %d returns revision %d\n", me, revision);
       assert(revision >= floor);
#ifdef WITH_FILL_BY_WHO_JOINED                       /* with the state of the cell that it saw itself */
       printf("reader %d fills it for state of the cell %d\n", me, g);
       fill[me].revision = revision; fill[me].g = g; fill[me].sent = true
#endif
     }
  fi;
done:
  false
}
