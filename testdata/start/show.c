// Shows what a program is given: its arguments and variables, a line each; then does what the
// arguments say: `exit N`, `cat FILE`, `copy` standard input, or `trap`.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern char **environ;

static void copy(FILE *from) {
  for (int c; (c = getc(from)) != EOF;) putchar(c);
}

static int cat(const char *path) {
  FILE *file = fopen(path, "r");
  if (file == 0) {
    printf("cannot open %s\n", path);
    return 1;
  }
  copy(file);
  return 0;
}

int main(int argc, char **argv) {
  for (int i = 1; i < argc; i++) printf("argument %s\n", argv[i]);
  for (char **e = environ; e != 0 && *e != 0; e++) printf("variable %s\n", *e);
  if (argc == 3 && strcmp(argv[1], "exit") == 0) return atoi(argv[2]);
  if (argc == 3 && strcmp(argv[1], "cat") == 0) return cat(argv[2]);
  if (argc == 2 && strcmp(argv[1], "copy") == 0) copy(stdin);
  fflush(stdout);
  if (argc == 2 && strcmp(argv[1], "trap") == 0) __builtin_trap();
  return 0;
}
