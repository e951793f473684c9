/*
 * A generation never comes back to a value that it left: what accounts.pml builds on when it knows
 * stamps only by what they equal.
 *
 * CALLS increments, each sent once and applied never, once or twice, at any time, and losses of the
 * counter at any time, any number of times. Amounts are powers of 3, see EXACT in accounts.pml. Assumed:
 * no increment is applied on both sides of a loss.
 */

#ifndef CALLS
#define CALLS 5
#endif

byte G;
byte copies[CALLS] = 2;
byte remembered;                                     /* a value that G had at some time; 0: none yet */
bool left;

byte i;

#ifdef WITHOUT_RANDOM_AMOUNTS
#define AMOUNT(op) 1
#else
#define AMOUNT(op) ((op) == 0 -> 1 : ((op) == 1 -> 3 : ((op) == 2 -> 9 : ((op) == 3 -> 27 : 81))))
#endif

active proctype World() {
  byte op;

  do
  :: atomic { select(op : 0 .. CALLS - 1);
       if
       :: copies[op] > 0 -> G = G + AMOUNT(op); copies[op]--; left = (remembered != 0);
          printf("increment %d arrives: %d\n", op, G)
       :: else
       fi;
       op = 0 }
  :: d_step { G != 0 ->
       G = 0; left = (remembered != 0); printf("lost\n");
#ifndef WITH_ANY_DOUBLE_ACROSS_LOSS
       for (i : 0 .. CALLS - 1) { if :: copies[i] == 1 -> copies[i] = 0 :: else fi }
       i = 0;
#endif
     }
  :: d_step { remembered == 0 && G != 0 -> remembered = G }
  :: left -> assert(G != remembered)
  od
}
