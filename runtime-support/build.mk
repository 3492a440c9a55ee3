# Builds the loader and its parts as an object: freestanding C, no C library, nothing but `cc` and make. Included by the top
# Makefile; `make -f runtime-support/build.mk` works as well. In: TARGET (amd64 or arm64), CC (a
# cross compiler is found for a target that is not this machine's), RT_OUT, RT_EXTRA (more flags;
# -DINGOT_NO_OPENAT2 leaves out that system call), RT_OPTIONAL (1: without a compiler for the
# target, nothing is to be made). Out: RUNTIME, the loader; RUNTIME_OBJECT, what objects of
# `--emit obj` are made from; and RUNTIME_ADDON, the runtime as a Node-API module, for which
# node_modules/node-api-headers must be there.

RT_HOST := $(subst aarch64,arm64,$(subst x86_64,amd64,$(shell uname -m)))
RT_TARGETS := amd64 arm64
ifneq ($(origin TARGET),command line)
TARGET := $(or $(filter $(RT_TARGETS),$(RT_HOST)),amd64)
else ifeq ($(filter $(RT_TARGETS),$(TARGET)),)
$(error ingot knows the targets $(RT_TARGETS), not $(TARGET))
endif
RT_OUT ?= build/$(TARGET)

# Command lines that make code for a machine from any other.
RT_TRIPLE_amd64 := x86_64-linux-gnu
RT_TRIPLE_arm64 := aarch64-linux-gnu
RT_TRIPLE := $(RT_TRIPLE_$(TARGET))
rt-finds = $(shell command -v $(1) 2> /dev/null)

ifeq ($(TARGET),$(RT_HOST))
RT_CC := $(CC)
else ifneq ($(call rt-finds,$(RT_TRIPLE)-gcc),)
RT_CC := $(RT_TRIPLE)-gcc
else ifneq ($(and $(call rt-finds,clang),$(call rt-finds,ld.lld)),)
RT_CC := clang --target=$(RT_TRIPLE)
RT_LD := -fuse-ld=lld
else
RT_CC :=
endif

RT_DIR := runtime-support
RT_SOURCES := sys sha256 checksum artifact check store instantiate start call libcalls signals \
  trap wasi files listing paths beneath clocks sockets hosts limits number control requests \
  payload main \
  $(TARGET)
RT_OBJECTS := $(RT_SOURCES:%=$(RT_OUT)/rt/%.o) $(RT_OUT)/rt/$(TARGET)-asm.o \
  $(RT_OUT)/rt/payload-asm.o
# The runtime without what only a process of its own needs, for linking into other programs.
RT_LIBRARY := $(filter-out limits control requests main,$(RT_SOURCES)) embed
RT_LIBRARY_OBJECTS := $(RT_LIBRARY:%=$(RT_OUT)/pic/%.o) $(RT_OUT)/pic/$(TARGET)-asm.o \
  $(RT_OUT)/pic/payload-asm.o
# The runtime inside of Node.
RT_ADDON := sys sha256 checksum artifact check store instantiate call libcalls signals trap $(TARGET) \
  addon anchors entries snapshot interrupts
RT_ADDON_OBJECTS := $(RT_ADDON:%=$(RT_OUT)/pic/%.o) $(RT_OUT)/pic/$(TARGET)-asm.o
RT_NODE := node_modules/node-api-headers/include
RT_HEADERS := $(wildcard $(RT_DIR)/*.h)
RT_WARN := -Wall -Wextra -Werror=implicit-function-declaration -Werror=incompatible-pointer-types \
  -Werror=int-conversion -Werror=return-type -Werror=uninitialized -Werror=format
RT_FLAGS_amd64 := -fcf-protection=none
# x18 may be the platform's; atomics out of line would want a library.
RT_FLAGS_arm64 := -ffixed-x18 -mno-outline-atomics
RT_FLAGS := -std=c11 -O2 -ffreestanding -fno-stack-protector -fno-strict-aliasing \
  -fno-asynchronous-unwind-tables -fno-unwind-tables -fvisibility=hidden \
  $(RT_FLAGS_$(TARGET)) $(RT_WARN) $(RT_EXTRA)
ifneq ($(RT_CC)$(RT_OPTIONAL),1)
RUNTIME := $(RT_OUT)/ingot-rt
RUNTIME_OBJECT := $(RT_OUT)/ingot-rt.o
RUNTIME_ADDON := $(RT_OUT)/ingot.node
endif
# The largest page that a kernel of the machine may have.
RT_PAGE_amd64 := 4096
RT_PAGE_arm64 := 65536
RT_LINK := $(RT_LD) -nostdlib -static -Wl,-no-pie -Wl,--build-id=none -Wl,-z,noexecstack \
  -Wl,-z,max-page-size=$(RT_PAGE_$(TARGET)) -Wl,-z,separate-code \
  -Wl,--section-start=.ingot.rest=0x1000000 -Wl,--section-start=.ingot.code=0x1010000

$(RUNTIME): $(RT_OBJECTS)
	@echo "  link $@"
	@$(RT_CC) $(RT_LINK) -o $@.tmp $(RT_OBJECTS)
	@mv $@.tmp $@

$(RUNTIME_OBJECT): $(RT_LIBRARY_OBJECTS)
	@echo "  link $@"
	@$(RT_CC) $(RT_LD) -nostdlib -r -Wl,--build-id=none -o $@.tmp $(RT_LIBRARY_OBJECTS)
	@mv $@.tmp $@

# Never unloaded: a signal handler of someone else's may know ours as the one before it.
RT_LINK_ADDON := $(RT_LD) -nostdlib -shared -Wl,--build-id=none -Wl,-z,noexecstack -Wl,-z,nodelete \
  -Wl,-z,now -Wl,-z,max-page-size=$(RT_PAGE_$(TARGET)) -Wl,-Bsymbolic -Wl,-s

$(RUNTIME_ADDON): $(RT_ADDON_OBJECTS)
	@echo "  link $@"
	@$(RT_CC) $(RT_LINK_ADDON) -o $@.tmp $(RT_ADDON_OBJECTS)
	@mv $@.tmp $@

RT_RECIPE = @echo "  $(RT_CC) $<"; $(RT_CC) $(RT_FLAGS) $(1) -c -o $@ $<
RT_NEEDS := $(RT_HEADERS) $(RT_DIR)/build.mk

$(RT_OUT)/rt/%-asm.o: $(RT_DIR)/%.S $(RT_NEEDS) | $(RT_OUT)/rt
	$(call RT_RECIPE,-fno-pic)

$(RT_OUT)/rt/%.o: $(RT_DIR)/%.c $(RT_NEEDS) | $(RT_OUT)/rt
	$(call RT_RECIPE,-fno-pic)

$(RT_OUT)/pic/%-asm.o: $(RT_DIR)/%.S $(RT_NEEDS) | $(RT_OUT)/pic
	$(call RT_RECIPE,-fPIC)

$(RT_OUT)/pic/%.o: $(RT_DIR)/%.c $(RT_NEEDS) | $(RT_OUT)/pic
	$(call RT_RECIPE,-fPIC -ftls-model=initial-exec -DNAPI_VERSION=8 -isystem $(RT_NODE))

$(RT_OUT)/rt $(RT_OUT)/pic:
	@test -n "$(RT_CC)" || { echo "no compiler for $(TARGET) here: install" \
	  "$(RT_TRIPLE)-gcc, or clang and lld" >&2; exit 1; }
	@mkdir -p $@
