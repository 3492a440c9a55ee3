// WASI preview 1: sockets. A guest cannot make any: it accepts on those that it was given, by
// --listen HOST:PORT, and sends and receives on what it accepted. HOST is an address in numbers,
// IPv4 or IPv6 in brackets, or "localhost".
#include "wasi.h"

enum { AF_INET_ = 2, AF_INET6_ = 10, SOCK_STREAM_ = 1, SOCK_NONBLOCK_ = O_NONBLOCK,
       SOCK_CLOEXEC_ = O_CLOEXEC, SOL_SOCKET_ = 1, SO_REUSEADDR_ = 2, BACKLOG = 128 };

// ---- the address -------------------------------------------------------------------------------

typedef struct Address {
  u8 bytes[28]; // struct sockaddr_in or sockaddr_in6
  u32 size;
} Address;

/** A number in the text's first bytes, taken off it. */
static bool take_number(Text *t, u32 base, u32 max, u32 *out) {
  u32 n = 0;
  usize used = 0;
  for (; used < t->length; used++) {
    u32 c = (u8)t->at[used], digit = c - '0';
    if (digit > 9) digit = (c | 0x20) - 'a' < 6 ? (c | 0x20) - 'a' + 10 : 99;
    if (digit >= base) break;
    n = n * base + digit;
    if (n > max) return false;
  }
  *out = n;
  *t = (Text){t->at + used, t->length - used};
  return used > 0;
}

static bool take_char(Text *t, char c) {
  if (t->length == 0 || t->at[0] != c) return false;
  *t = (Text){t->at + 1, t->length - 1};
  return true;
}

static bool parse_v4(Text t, u8 to[4]) {
  for (u32 i = 0; i < 4; i++) {
    u32 n;
    if ((i > 0 && !take_char(&t, '.')) || !take_number(&t, 10, 255, &n)) return false;
    to[i] = (u8)n;
  }
  return t.length == 0;
}

/** Groups before "::" are filled from the left, those behind it moved to the right end. */
static bool parse_v6(Text t, u8 to[16]) {
  u32 count = 0, gap = NONE32, n;
  memset(to, 0, 16);
  if (t.length >= 2 && t.at[0] == ':' && t.at[1] == ':') take_char(&t, ':');
  while (t.length > 0) {
    if (take_char(&t, ':')) {
      if (gap != NONE32) return false;
      gap = count;
      if (t.length == 0) break;
    }
    if (count == 8 || !take_number(&t, 16, 0xffff, &n)) return false;
    to[2 * count] = (u8)(n >> 8);
    to[2 * count + 1] = (u8)n;
    count++;
    if (t.length > 0 && !take_char(&t, ':')) return false;
    if (t.length == 0) break;
  }
  if (gap == NONE32) return count == 8;
  if (count == 8) return false;
  memmove(to + 16 - 2 * (count - gap), to + 2 * gap, 2 * (count - gap));
  memset(to + 2 * gap, 0, 16 - 2 * count);
  return true;
}

static bool parse_address(Text text, Address *to) {
  usize colon = text.length;
  while (colon > 0 && text.at[colon - 1] != ':') colon--;
  if (colon < 2) return false;
  Text host = {text.at, colon - 1}, rest = {text.at + colon, text.length - colon};
  u32 port;
  if (!take_number(&rest, 10, 65535, &port) || rest.length > 0) return false;
  memset(to, 0, sizeof *to);
  to->bytes[2] = (u8)(port >> 8);
  to->bytes[3] = (u8)port;
  if (host.at[0] == '[' && host.at[host.length - 1] == ']') {
    store16(to->bytes, AF_INET6_);
    to->size = 28;
    return parse_v6((Text){host.at + 1, host.length - 2}, to->bytes + 8);
  }
  store16(to->bytes, AF_INET_);
  to->size = 16;
  if (text_same(host, text_of("localhost"))) host = text_of("127.0.0.1");
  return parse_v4(host, to->bytes + 4);
}

bool wasi_listen(Wasi *wasi, Text text, Error *error) {
  Address address;
  if (!parse_address(text, &address)) {
    return fail(error, "\"%t\" is not an address to listen at: HOST:PORT, HOST in numbers", text);
  }
  u32 on = 1, number;
  u64 family = address.bytes[0];
  i64 fd = syscall(NR_socket, family, SOCK_STREAM_ | SOCK_CLOEXEC_, 0, 0, 0, 0);
  if (fd < 0) return fail(error, "no socket can be made to listen at \"%t\"", text);
  syscall(NR_setsockopt, fd, SOL_SOCKET_, SO_REUSEADDR_, (u64)&on, sizeof on, 0);
  i64 r = syscall(NR_bind, fd, (u64)address.bytes, address.size, 0, 0, 0);
  if (r >= 0) r = syscall(NR_listen, fd, BACKLOG, 0, 0, 0, 0);
  if (r < 0) {
    sys_close((int)fd);
    bool used = wasi_errno(r) == W_ADDRINUSE;
    return fail(error, "cannot listen at \"%t\"%s", text, used ? ": it is in use" : "");
  }
  Fd like = {.type = TYPE_STREAM, .inheriting = rights_of_type(TYPE_STREAM)};
  like.base = RIGHT_ACCEPT | RIGHT_POLL | RIGHT_STAT | RIGHT_SET_FLAGS;
  if (add_fd(wasi, (int)fd, like, &number) == W_SUCCESS) return true;
  return fail(error, "too many descriptors");
}

// ---- the functions -----------------------------------------------------------------------------

enum { MSG_PEEK = 2, MSG_TRUNC = 0x20, MSG_DONTWAIT = 0x40, MSG_WAITALL = 0x100,
       MSG_NOSIGNAL = 0x4000 };

/** The kernel's struct msghdr. */
typedef struct Message {
  void *name;
  u64 nameSize;
  Span *at;
  u64 count;
  void *control;
  u64 controlSize;
  u64 flags;
} Message;

u32 sock_accept(Wasi *wasi, Fd *fd, const Value *a) {
  u64 flags = a[1].lo;
  u8 *to = wasi_memory(wasi, a[2].lo, 4);
  if (flags & ~(u64)FLAG_NONBLOCK) return W_INVAL;
  if (to == 0) return W_FAULT;
  u64 how = SOCK_CLOEXEC_ | (flags & FLAG_NONBLOCK ? SOCK_NONBLOCK_ : 0);
  i64 host;
  do host = syscall(NR_accept4, fd->host, 0, 0, how, 0, 0);
  while (host == -EINTR);
  if (host < 0) return wasi_errno(host);
  u32 number;
  Fd like = {.type = TYPE_STREAM, .flags = (u16)flags};
  like.base = fd->inheriting & rights_of_type(TYPE_STREAM);
  u32 error = add_fd(wasi, (int)host, like, &number);
  if (error == W_SUCCESS) store32(to, number);
  return error;
}

u32 sock_recv(Wasi *wasi, Fd *fd, const Value *a) {
  enum { PEEK = 1, WAIT_ALL = 2, ALL = 3, TRUNCATED = 1 };
  Slices slices;
  u8 *size = wasi_memory(wasi, a[4].lo, 4), *flags = wasi_memory(wasi, a[5].lo, 2);
  if (a[3].lo & ~(u64)ALL) return W_INVAL;
  u32 error = size == 0 || flags == 0 ? W_FAULT
                                      : take_slices(wasi, a[1].lo, a[2].lo, &slices);
  if (error != W_SUCCESS) return error;
  Message m = {.at = slices.at, .count = slices.count};
  u64 how = (a[3].lo & PEEK ? MSG_PEEK : 0) | (a[3].lo & WAIT_ALL ? MSG_WAITALL : 0);
  if (fd->flags & FLAG_NONBLOCK) how |= MSG_DONTWAIT;
  i64 r;
  do r = syscall(NR_recvmsg, fd->host, (u64)&m, how, 0, 0, 0);
  while (r == -EINTR);
  if (r < 0) return wasi_errno(r);
  store32(size, (u32)r);
  store16(flags, m.flags & MSG_TRUNC ? TRUNCATED : 0);
  return W_SUCCESS;
}

u32 sock_send(Wasi *wasi, Fd *fd, const Value *a) {
  Slices slices;
  u8 *size = wasi_memory(wasi, a[4].lo, 4);
  if (a[3].lo != 0) return W_INVAL;
  u32 error = size == 0 ? W_FAULT : take_slices(wasi, a[1].lo, a[2].lo, &slices);
  if (error != W_SUCCESS) return error;
  Message m = {.at = slices.at, .count = slices.count};
  u64 how = MSG_NOSIGNAL | (fd->flags & FLAG_NONBLOCK ? MSG_DONTWAIT : 0);
  i64 r;
  do r = syscall(NR_sendmsg, fd->host, (u64)&m, how, 0, 0, 0);
  while (r == -EINTR);
  if (r < 0) return wasi_errno(r);
  store32(size, (u32)r);
  return W_SUCCESS;
}

u32 sock_shutdown(Wasi *wasi, Fd *fd, const Value *a) {
  (void)wasi;
  enum { READS = 1, WRITES = 2, BOTH = 3 };
  u64 how = a[1].lo;
  if (how == 0 || how > BOTH) return W_INVAL;
  u64 number = how == READS ? 0 : how == WRITES ? 1 : 2;
  return wasi_errno(syscall(NR_shutdown, fd->host, number, 0, 0, 0, 0));
}
