# Rebuilds testdata/programs/*.wasm and their expected output from the C sources, with the tools of
# Debian 12: apt-get install clang lld wasi-libc libclang-rt-14-dev-wasm32 llvm (see the README there).
# The features are those that toolchains now enable by default; names stay for stack traces.
# Works from the top of the tree: `make programs`, or `make -f testdata/programs/build.mk programs`.

PROGRAMS_DIR := testdata/programs
PROGRAMS_CC ?= clang
PROGRAMS_SRC := $(wildcard $(PROGRAMS_DIR)/*.c)
PROGRAMS_FLAGS := -std=gnu11 -O2 -Wall -Wextra -Wno-sign-compare -ffp-contract=off -fno-math-errno
PROGRAMS_WASM := --target=wasm32-wasi -msign-ext -mmutable-globals -mbulk-memory \
	-mnontrapping-fptoint -nostartfiles -Wl,--strip-debug
# Those that gain from vectors are built with them too. (clang 14 gets bignum wrong with -msimd128.)
PROGRAMS_VECTORS := compress fft matrix puzzle sort trees

.PHONY: programs
programs: $(PROGRAMS_SRC:.c=.wasm) $(PROGRAMS_VECTORS:%=$(PROGRAMS_DIR)/vectors/%.wasm)
programs: $(PROGRAMS_SRC:.c=.expected) $(PROGRAMS_DIR)/input.out
programs: testdata/start/line.wasm testdata/start/show.wasm
programs: testdata/hosts/jumps.wasm testdata/hosts/older.wasm testdata/hosts/jumps.expected

# Small programs that tests and benchmarks of executables start.
testdata/start/%.wasm: testdata/start/%.c $(PROGRAMS_DIR)/build.mk
	$(PROGRAMS_CC) $(PROGRAMS_FLAGS) --target=wasm32-wasi -Wl,--strip-debug $< -o $@
	chmod 644 $@

# setjmp as Emscripten lowers it, in its way of today and in that of 2021 and before.
HOSTS_SRC := testdata/hosts/jumps.c testdata/hosts/emscripten.c
HOSTS_FLAGS := $(PROGRAMS_FLAGS) --target=wasm32-wasi -mllvm -enable-emscripten-sjlj \
	-Wl,--export-table -Wl,--strip-debug

testdata/hosts/jumps.wasm: $(HOSTS_SRC) testdata/hosts/emscripten.h $(PROGRAMS_DIR)/build.mk
	$(PROGRAMS_CC) $(HOSTS_FLAGS) $(HOSTS_SRC) -o $@
	chmod 644 $@

testdata/hosts/older.wasm: $(HOSTS_SRC) testdata/hosts/emscripten.h $(PROGRAMS_DIR)/build.mk
	$(PROGRAMS_CC) $(HOSTS_FLAGS) -DOLDER $(HOSTS_SRC) -o $@
	chmod 644 $@

testdata/hosts/%.expected: testdata/hosts/%.c testdata/hosts/emscripten.h
	$(CC) $(PROGRAMS_FLAGS) $< -o $@.exe
	$@.exe > $@.new && mv $@.new $@
	rm -f $@.exe

$(PROGRAMS_DIR)/%.wasm: $(PROGRAMS_DIR)/%.c $(PROGRAMS_DIR)/program.h $(PROGRAMS_DIR)/build.mk
	$(PROGRAMS_CC) $(PROGRAMS_FLAGS) $(PROGRAMS_WASM) $< -o $@
	chmod 644 $@

$(PROGRAMS_DIR)/vectors/%.wasm: $(PROGRAMS_DIR)/%.c $(PROGRAMS_DIR)/program.h $(PROGRAMS_DIR)/build.mk
	@mkdir -p $(@D)
	$(PROGRAMS_CC) $(PROGRAMS_FLAGS) $(PROGRAMS_WASM) -msimd128 $< -o $@
	chmod 644 $@

# What a program prints is what its native build prints.
$(PROGRAMS_DIR)/%.expected: $(PROGRAMS_DIR)/%.c $(PROGRAMS_DIR)/program.h
	$(CC) $(PROGRAMS_FLAGS) $< -o $@.exe -lm
	$@.exe > $@.new && mv $@.new $@
	rm -f $@.exe

$(PROGRAMS_DIR)/input.out: $(PROGRAMS_DIR)/input.txt $(PROGRAMS_DIR)/text.expected
	$(CC) $(PROGRAMS_FLAGS) $(PROGRAMS_DIR)/text.c -o $@.exe -lm
	$@.exe $< > $@.new && mv $@.new $@
	rm -f $@.exe
