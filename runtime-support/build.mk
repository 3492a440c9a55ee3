# Builds the loader: freestanding C, no C library, nothing but `cc` and make. Included by the top
# Makefile; `make -f runtime-support/build.mk` works as well. In: CC, RT_ARCH, RT_OUT, RT_EXTRA
# (more flags; -DINGOT_NO_OPENAT2 leaves out that system call). Out: RUNTIME, what is made.

CC ?= cc
RT_ARCH ?= amd64
RT_OUT ?= build/$(RT_ARCH)
RT_DIR := runtime-support
RT_SOURCES := sys sha256 artifact check store instantiate call libcalls signals trap wasi files \
  number control requests main $(RT_ARCH)
RT_OBJECTS := $(RT_SOURCES:%=$(RT_OUT)/rt/%.o) $(RT_OUT)/rt/$(RT_ARCH)-asm.o
RT_HEADERS := $(wildcard $(RT_DIR)/*.h)
RT_WARN := -Wall -Wextra -Werror=implicit-function-declaration -Werror=incompatible-pointer-types \
  -Werror=int-conversion -Werror=return-type -Werror=uninitialized -Werror=format
RT_FLAGS := -std=c11 -O2 -ffreestanding -fno-pic -fno-stack-protector -fno-strict-aliasing \
  -fno-asynchronous-unwind-tables -fno-unwind-tables -fcf-protection=none -fvisibility=hidden \
  $(RT_WARN) $(RT_EXTRA)
RUNTIME := $(RT_OUT)/ingot-rt
RT_LINK := -nostdlib -static -no-pie -Wl,--build-id=none -Wl,-z,noexecstack -Wl,-z,max-page-size=4096

$(RUNTIME): $(RT_OBJECTS)
	@echo "  link $@"
	@$(CC) $(RT_LINK) -o $@.tmp $(RT_OBJECTS)
	@mv $@.tmp $@

$(RT_OUT)/rt/%-asm.o: $(RT_DIR)/%.S $(RT_HEADERS)
	@mkdir -p $(@D)
	@echo "  $(CC) $<"
	@$(CC) $(RT_FLAGS) -c -o $@ $<

$(RT_OUT)/rt/%.o: $(RT_DIR)/%.c $(RT_HEADERS) $(RT_DIR)/build.mk
	@mkdir -p $(@D)
	@echo "  $(CC) $<"
	@$(CC) $(RT_FLAGS) -c -o $@ $<
