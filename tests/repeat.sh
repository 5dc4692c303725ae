#!/usr/bin/env bash
# Runs the pool's own tests over and over: none is retried, the first failure ends it, and so does a run that takes too long.
#   tests/repeat.sh [RUNS] [SECONDS]     50 runs of at most 90 seconds, where nothing is said
# The tests of a project run one after the other, each watched for what it leaves behind; so half of the classes run in a
# second process, at the same time.
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-50}
limit=${2:-90}
output=$(mktemp --directory)
trap 'rm -rf "$output"' EXIT

all=('*.Pool.*' '*.Runtime.*' '*.Sessions.*' '*.Options.*' '*.Workers.*')
half=('*.Runtime.C*' '*.Runtime.D*' '*.Runtime.E*' '*.Runtime.F*' '*.Runtime.H*' '*.Runtime.O*')

part() {
    timeout --kill-after=10 "$limit" dotnet test --no-build --project tests/TypedPool.Tests "${@:2}" > "$output/$1" 2>&1
}

dotnet build --nologo -v quiet tests/TypedPool.Tests
longest=0
for ((run = 1; run <= runs; run++)); do
    began=$SECONDS
    part first --filter-class "${half[@]}" &
    first=$!
    status=0
    part second --filter-class "${all[@]}" --filter-not-class "${half[@]}" || status=$?
    wait "$first" || status=$?
    took=$((SECONDS - began))
    if ((status != 0 || took > limit)); then
        cat "$output/first" "$output/second"
        echo "Run $run of $runs failed, or took longer than $limit seconds ($took s)."
        exit 1
    fi
    longest=$((took > longest ? took : longest))
    passed=$(sed -n 's/^ *succeeded: //p' "$output"/* | awk '{ sum += $1 } END { print sum }')
    echo "run $run: $passed tests passed in $took s"
done
echo "$runs runs passed; the longest took $longest s."
