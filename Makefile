# Two commands for a newcomer: `make demo` and `make test`. Both do their own set-up.
SWIFT ?= swift
SOURCES = Package.swift Sources Tests $(addprefix Benchmarks/,Package.swift Sources Benchmarks Reporting/Package.swift \
	Reporting/Sources Reporting/Tests Peers/NIO/Package.swift Peers/NIO/Sources) \
	Fuzzing/Package.swift Fuzzing/Sources

SEEDS ?= 0..<1000
TIME ?= 20

.PHONY: demo test test-plain sanitize sanitize-address fuzz determinism release lint format docs api
.PHONY: bench bench-calls bench-page bench-test setup setup-tls setup-peers setup-bench help

help:  ## list what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

demo: setup  ## run the four classic echo programs over real sockets
	$(SWIFT) run sock demo

test: setup setup-tls setup-peers  ## run all tests, with all traits
	SWIFT=$(SWIFT) Scripts/test.sh 1800 --enable-all-traits $(ARGS)

test-plain: setup setup-peers  ## run all tests without the default traits, as on a machine without liburing
	SWIFT=$(SWIFT) Scripts/test.sh 1800 --disable-default-traits --scratch-path .build-plain $(ARGS)

SANITIZED = ConformanceTests|BackendPOSIXTests|BackendURingTests|BackendSimTests|SystemSocketsTests|AdapterTests|TLSTests

sanitize: setup setup-tls setup-peers  ## run what is concurrent under the thread sanitizer, some ten minutes
	TSAN_OPTIONS="exitcode=66" SWIFT=$(SWIFT) Scripts/test.sh 7200 --sanitize=thread --scratch-path .build-tsan \
		--enable-all-traits --filter '$(SANITIZED)' $(ARGS)

# Leaks are counted by tests of their own: the sanitizer's counting at the end of a process would ask for ptrace in every exit test. One
# that looks at the process's pages is left out: the sanitizer keeps freed memory back.
sanitize-address: setup setup-tls setup-peers  ## run the same, and the model, under the address sanitizer
	ASAN_OPTIONS="detect_leaks=0:detect_stack_use_after_return=1" SWIFT=$(SWIFT) Scripts/test.sh 7200 \
		--sanitize=address --scratch-path .build-asan --enable-all-traits \
		--filter '$(SANITIZED)|SocketModelTests|SocketsTests|FuzzTests' --skip memoryDoesNotGrow $(ARGS)

fuzz: setup  ## fuzz every parser and decoder, TIME=20 seconds each (TARGETS="lines tcp-segments" for some)
	Scripts/fuzz.sh '$(TIME)' $(TARGETS)

determinism: setup  ## compare the hashes of 1,000 seeds of each scenario, twice, debug and release (SEEDS="0..<100")
	Scripts/determinism.sh '$(SEEDS)'

release: setup  ## build everything optimised, with the default traits
	$(SWIFT) build -c release

docs: setup setup-tls  ## build the documentation of all libraries into .build/docs; links that lead nowhere are errors
	@Scripts/install.sh python3:python3
	SWIFT=$(SWIFT) Scripts/docs.py $(MODULES)

api: setup setup-tls  ## compare the public API with that of BASE=<revision>, by default the last tag, else origin/main
	SWIFT=$(SWIFT) Scripts/api.sh $(BASE)

lint:  ## check the format of all Swift sources
	$(SWIFT) format lint --strict --recursive --parallel $(SOURCES)

format:  ## format all Swift sources
	$(SWIFT) format format --in-place --recursive --parallel $(SOURCES)

bench: setup setup-tls setup-bench  ## measure against C, SwiftNIO and others, some 20 minutes (QUICK=1: two; ARGS='--loads echo', ARGS=--help)
	$(SWIFT) run -c release --package-path Benchmarks bench run $(if $(QUICK),--quick) $(ARGS)

bench-calls: setup setup-tls  ## measure calls, address text, framing, messages of DNS and TLS against C alone
	@Scripts/install.sh pkg-config:pkg-config libldns-dev:ldns.pc
	$(SWIFT) package --package-path Benchmarks benchmark $(ARGS)
	$(SWIFT) run -c release --package-path Benchmarks tls-speed

bench-page:  ## make the documentation's page of the last `make bench`
	$(SWIFT) run -c release --package-path Benchmarks bench page Benchmarks/Results/latest/results.json

bench-test: setup setup-tls  ## test what computes and draws the benchmarks' results, and run ours and C's servers for a moment each
	@Scripts/install.sh gcc:cc
	$(SWIFT) test --package-path Benchmarks/Reporting
	for product in simulation-speed tls-speed; do $(SWIFT) build -c release --package-path Benchmarks --product $$product || exit; done
	mkdir -p Benchmarks/.build && cc -O2 -std=gnu11 -Wall -Wextra -o Benchmarks/.build/load-tests \
		$(addprefix Benchmarks/Load/,Tests/tests.c histogram.c message.c) -lm && Benchmarks/.build/load-tests
	$(SWIFT) run -c release --package-path Benchmarks bench run --rounds 1 --seconds 0.05 --out Benchmarks/Results/test \
		--servers posix,posix-threads,c-epoll,c-threads --loads echo,pipeline,connect,sink,source,udp,idle

setup:  ## install what building needs: pkg-config and liburing
	@Scripts/install.sh pkg-config:pkg-config liburing-dev:liburing.pc

setup-tls:  ## install what the trait TLS needs: OpenSSL
	@Scripts/install.sh pkg-config:pkg-config libssl-dev:openssl.pc

# Real programs the tests talk to; a test whose peer is missing says so and is skipped.
setup-peers:  ## install the programs that tests talk to
	@Scripts/install.sh --optional python3:python3 socat:socat curl:curl tshark:tshark openssl:openssl \
		dnsmasq-base:dnsmasq iproute2:ip

# Libraries and languages that are measured against; what is missing is left out of the results, with the reason.
setup-bench:  ## install what the benchmarks measure against
	@Scripts/install.sh gcc:cc
	@Scripts/install.sh --optional libuv1-dev:libuv.pc golang-go:go libldns-dev:ldns.pc
