#!/usr/bin/env bash
# Runs `swift test` with the options given, a few tests at a time, and not for ever: test.sh SECONDS [OPTION ...]
# All at once, tests would wait for a turn on two cores for longer than any deadline of theirs. When the time is up all is ended, and
# the tests that had begun and not ended are named.
set -euo pipefail

limit=$1
shift
folder=$(mktemp -d)

descendants() {
    local each
    for each in $(cat /proc/"$1"/task/*/children 2>/dev/null); do
        echo "$each"
        descendants "$each"
    done
}

# `swift test` leaves its tests behind when it is ended alone.
end() { kill -KILL $(descendants "$tests") "$tests" 2>/dev/null || true; }

watch() {
    for ((waited = 0; waited < limit; waited++)); do
        sleep 1
        kill -0 $$ 2>/dev/null || exit
    done
    touch "$folder/late"
    end
}

${SWIFT:-swift} test "$@" --experimental-maximum-parallelization-width 4 \
    --event-stream-output-path "$folder/events" --event-stream-version 0 &
tests=$!
watch >/dev/null 2>&1 &
watchdog=$!
trap 'kill $watchdog 2>/dev/null || true; rm -rf "$folder"' EXIT
trap 'end; exit 130' INT TERM

status=0
wait "$tests" || status=$?
[ -e "$folder/late" ] || exit $status

echo "The tests did not end within $limit seconds. These had begun and not ended:" >&2
sed -nE 's/.*"kind":"test(Case)?(Started|Ended)".*"testID":"(([^"\\]|\\.)*)".*/\2 \3/p' "$folder/events" |
    awk '{ name = $0; sub(/^[A-Za-z]+ /, "", name); begun[name] += $1 == "Started" ? 1 : -1 }
        END { for (name in begun) if (begun[name] > 0) print "  " name }' | sort >&2
exit 1
