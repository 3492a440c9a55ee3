// Somebody else's addon, for tests: it handles SIGSEGV itself, recovers from faults of its own, and
// passes others on to the handler that was there before it.
#include <node_api.h>
#include <setjmp.h>
#include <signal.h>
#include <stddef.h>

static struct sigaction before;
static sigjmp_buf recover;
static volatile sig_atomic_t expected, faults;

static void on_fault(int signal, siginfo_t *info, void *ucontext) {
  if (expected) {
    faults++;
    siglongjmp(recover, 1);
  }
  if (before.sa_flags & SA_SIGINFO) before.sa_sigaction(signal, info, ucontext);
  else if (before.sa_handler != SIG_DFL && before.sa_handler != SIG_IGN) before.sa_handler(signal);
  else sigaction(signal, &before, NULL);
}

static napi_value install(napi_env env, napi_callback_info info) {
  (void)env, (void)info;
  struct sigaction now;
  struct sigaction action = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  sigaction(SIGSEGV, NULL, &now);
  if (now.sa_sigaction != on_fault) {
    // Installed a second time, on top of someone who knows this handler as the one before: then
    // that one comes next, and what it passes on ends here.
    before = now;
    sigaction(SIGSEGV, &action, NULL);
  }
  return NULL;
}

static napi_value fault(napi_env env, napi_callback_info info) {
  (void)info;
  expected = 1;
  if (sigsetjmp(recover, 1) == 0) *(volatile int *)8 = 1;
  expected = 0;
  napi_value count;
  napi_create_int32(env, faults, &count);
  return count;
}

NAPI_MODULE_INIT() {
  napi_value function;
  napi_create_function(env, "install", NAPI_AUTO_LENGTH, install, NULL, &function);
  napi_set_named_property(env, exports, "install", function);
  napi_create_function(env, "fault", NAPI_AUTO_LENGTH, fault, NULL, &function);
  napi_set_named_property(env, exports, "fault", function);
  return exports;
}
