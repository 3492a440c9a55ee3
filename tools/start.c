// Measures how long programs take from start to end: start ROUNDS PROGRAM... runs them in turns,
// output thrown away, and prints for each the median, the tenth and the ninetieth percentile in
// microseconds. Time is from before posix_spawn to after waitpid, with an empty environment.
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/** Microseconds of one run; ends this program if that does not go well. */
static double run(char *program, posix_spawn_file_actions_t *actions) {
  char *argv[] = {program, 0}, *env[] = {0};
  pid_t pid;
  int status = 0;
  double start = now();
  int wrong = posix_spawn(&pid, program, actions, 0, argv, env);
  if (wrong == 0) waitpid(pid, &status, 0);
  double time = now() - start;
  if (wrong == 0 && status == 0) return time;
  fprintf(stderr, "%s does not run\n", program);
  exit(1);
}

int main(int argc, char **argv) {
  int rounds = argc > 2 ? atoi(argv[1]) : 0, count = argc - 2;
  if (rounds < 1) return 2;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  double *times = malloc((size_t)(rounds * count) * sizeof *times);
  for (int i = -10; i < rounds; i++) { // the first ten warm up
    for (int k = 0; k < count; k++) {
      double time = run(argv[2 + k], &actions);
      if (i >= 0) times[k * rounds + i] = time;
    }
  }
  for (int k = 0; k < count; k++) {
    double *t = times + k * rounds;
    qsort(t, (size_t)rounds, sizeof *t, ascending);
    printf("%.1f %.1f %.1f\n", t[rounds / 2], t[rounds / 10], t[rounds * 9 / 10]);
  }
  return 0;
}
