# Two commands for a newcomer: `make demo` and `make test`. Both do their own set-up.
SWIFT ?= swift
SOURCES = Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources

SEEDS ?= 0..<1000

.PHONY: demo test test-plain sanitize determinism release lint format bench setup setup-peers help

help:  ## list what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: setup  ## run the four classic echo programs over real sockets
	$(SWIFT) run sock demo

test: setup setup-peers  ## run all tests, with all traits
	$(SWIFT) test --enable-all-traits

test-plain: setup setup-peers  ## run all tests without the default traits, as on a machine without liburing
	$(SWIFT) test --disable-default-traits --scratch-path .build-plain

sanitize: setup setup-peers  ## run what is concurrent under the thread sanitizer, some ten minutes
	TSAN_OPTIONS="exitcode=66" $(SWIFT) test --sanitize=thread --scratch-path .build-tsan --enable-all-traits \
		--filter 'ConformanceTests|BackendPOSIXTests|BackendURingTests|BackendSimTests|SystemSocketsTests|AdapterTests'

determinism: setup  ## compare the hashes of 1,000 seeds of each scenario, twice, debug and release (SEEDS="0..<100")
	Scripts/determinism.sh '$(SEEDS)'

release: setup  ## build everything optimised, without traits
	$(SWIFT) build -c release

lint:  ## check the format of all Swift sources
	$(SWIFT) format lint --strict --recursive --parallel $(SOURCES)

format:  ## format all Swift sources
	$(SWIFT) format format --in-place --recursive --parallel $(SOURCES)

bench: setup  ## measure calls, address text and messages of DNS against C
	$(SWIFT) run -c release --package-path Benchmarks call-cost
	$(SWIFT) run -c release --package-path Benchmarks address-text
	@Scripts/install.sh pkg-config:pkg-config libldns-dev:ldns.pc
	$(SWIFT) run -c release --package-path Benchmarks dns-messages

setup:
	@Scripts/install.sh pkg-config:pkg-config liburing-dev:liburing.pc

# Real programs the tests talk to; a test whose peer is missing says so and is skipped.
setup-peers:
	@Scripts/install.sh --optional python3:python3 socat:socat curl:curl tshark:tshark dnsmasq-base:dnsmasq
