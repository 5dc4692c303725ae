#!/usr/bin/env bash
# Runs the pool's own tests over and over: none is retried, the first failure ends it, and so does a run that takes too long.
#   tests/repeat.sh [RUNS] [SECONDS]     50 runs of at most 90 seconds, where nothing is said
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-50}
limit=${2:-90}
output=$(mktemp)
trap 'rm -f "$output"' EXIT

dotnet build --nologo -v quiet tests/TypedPool.Tests
longest=0
for ((run = 1; run <= runs; run++)); do
    began=$SECONDS
    if ! timeout --kill-after=10 "$limit" dotnet test --no-build --project tests/TypedPool.Tests \
        --filter-class '*.Pool.*' '*.Runtime.*' '*.Sessions.*' '*.Options.*' '*.Workers.*' > "$output" 2>&1; then
        cat "$output"
        echo "Run $run of $runs failed, or took longer than $limit seconds ($((SECONDS - began)) s)."
        exit 1
    fi
    took=$((SECONDS - began))
    longest=$((took > longest ? took : longest))
    echo "run $run: $(sed -n 's/^ *succeeded: //p' "$output") tests passed in $took s"
done
echo "$runs runs passed; the longest took $longest s."
