#!/bin/sh
# What the libraries' public API has lost or changed since a revision: api.sh [REVISION], by default the last tag, else origin/main.
# Both are built with all traits, the revision in a folder of its own: some minutes, and fewer the second time, as what the revision
# declares is kept in .build/api. Breaks that are meant are listed in Scripts/api-breaks.txt, as the tool words them.
set -eu
cd "$(dirname "$0")/.."
swift=${SWIFT:-swift}

base=${1:-$(git describe --tags --abbrev=0 2>/dev/null || git rev-parse --quiet --verify --symbolic origin/main || true)}
if [ -z "$base" ]; then
    echo "There is no tag and no origin/main to compare with: say BASE=<revision>." >&2
    exit 2
fi
commit=$(git rev-parse --quiet --verify "$base^{commit}") || {
    echo "$base is no revision of this repository: say BASE=<revision>." >&2
    exit 2
}
echo "comparing with $base, $(git log -1 --format='%h, %s' "$commit")"
exec $swift package --enable-all-traits diagnose-api-breaking-changes "$commit" --baseline-dir .build/api \
    --breakage-allowlist-path Scripts/api-breaks.txt
