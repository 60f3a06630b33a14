#!/usr/bin/env bash
# Builds the fuzz targets and runs each for so many seconds: Scripts/fuzz.sh [SECONDS [TARGET...]]
# What new inputs are found stays in .build-fuzz/corpus; those that fail are in .build-fuzz/crashes and end the script with status 1.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-20}
shift || true

work=.build-fuzz
swift build --package-path Fuzzing --scratch-path "$work" -c release --product fuzz \
    -Xswiftc -sanitize=fuzzer,address -Xswiftc -enable-testing
fuzz=$work/release/fuzz
targets=("$@")
[ $# -gt 0 ] || mapfile -t targets < <(FUZZ_TARGET=list "$fuzz")

failed=0
printf '%-22s %10s %8s %8s %8s %8s\n' target runs per-sec coverage corpus crashes
for target in "${targets[@]}"; do
    found=$work/corpus/$target
    crashes=$work/crashes/$target
    mkdir -p "$found" "$crashes" "Fuzzing/Corpus/$target"
    before=$(find "$crashes" -type f | wc -l)
    # A run that hangs for 25 seconds is a crash too; the runtime's backtraces take longer than the rest.
    FUZZ_TARGET=$target SWIFT_BACKTRACE=enable=no "$fuzz" "$found" "Fuzzing/Corpus/$target" \
        -max_total_time="$seconds" -timeout=25 -rss_limit_mb=2048 -max_len=1024 \
        -artifact_prefix="$crashes/" -print_final_stats=1 >"$work/$target.log" 2>&1 || failed=1
    new=$(($(find "$crashes" -type f | wc -l) - before))
    stat() { sed -n "s/^stat::$1: *//p" "$work/$target.log" | tail -1; }
    last=$(grep -E '^#[0-9]+' "$work/$target.log" | grep -oE 'cov: [0-9]+.*' | tail -1 || true)
    printf '%-22s %10s %8s %8s %8s %8s\n' "$target" "$(stat number_of_executed_units)" "$(stat average_exec_per_sec)" \
        "$(sed -nE 's/^cov: ([0-9]+).*/\1/p' <<<"$last")" "$(sed -nE 's/.*corp: ([0-9]+).*/\1/p' <<<"$last")" "$new"
    [ "$new" = 0 ] || grep -vE '^(#|INFO|NEW|REDUCE)' "$work/$target.log" | awk 'NR <= 20'
done
exit $failed
