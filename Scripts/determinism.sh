#!/bin/sh
# Runs every scenario of `sock simulate` over a range of seeds, twice with a debug build and twice with an optimised one, each time in a
# process of its own, and compares the hashes: they must all be the same.
set -eu
seeds=${1:-0..<1000}
swift=${SWIFT:-swift}
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

$swift build --product sock
$swift build -c release --product sock

failed=0
for scenario in echo counter lease overload medley; do
    for build in debug release; do
        sock=$($swift build -c "$build" --show-bin-path)/sock
        for run in 1 2; do
            "$sock" simulate "$scenario" --seeds "$seeds" --hashes > "$results/$scenario.$build.$run"
        done
    done
    for other in debug.2 release.1 release.2; do
        diff "$results/$scenario.debug.1" "$results/$scenario.$other" > "$results/difference" && continue
        echo "$scenario: debug.1 and $other differ:"
        head -n 20 "$results/difference"
        failed=1
    done
    echo "$scenario: $(wc -l < "$results/$scenario.debug.1") seeds, $(sort -u -k 3,3 "$results/$scenario.debug.1" | wc -l) hashes"
done
exit $failed
