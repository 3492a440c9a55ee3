// Prints one line: what `make bench-start` starts, natively and as an executable of ingot's.
#include <stdio.h>

int main(void) {
  puts("one line");
  return 0;
}
