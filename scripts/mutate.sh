#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Changes core one line at a time and asks whether the tests of core notice; docs/testing.md keeps the
# answers. The checkout is not touched: changes are made in copies below build/mutations.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
# shellcheck source=lib/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
# shellcheck source=lib/mutations.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/mutations.sh"

usage() {
    cat <<'END'
usage: scripts/mutate.sh [--check] [--list FILE] [--jobs N] [--resume] [--write] [ID...]

Makes each change of tests/mutations/list.txt (or those named) in a copy of the checkout, builds core and
runs its tests until one fails: the change is noticed, survives, or does not build. Prints a table.

  --check      only checks that every entry still names exactly one place
  --list FILE  takes the changes from another list
  --jobs N     works on N changes at a time, each in a copy of its own (default 1)
  --resume     keeps what an earlier run noticed, and asks again only about the rest
  --write      puts the table into docs/testing.md
END
}

check="" list="$project_dir/tests/mutations/list.txt" jobs=1 resume="" write="" wanted=()
while [ $# -gt 0 ]; do
    case $1 in
        --check) check=yes ;;
        --list)
            list=${2-}
            [ -f "$list" ] || die "--list takes a file, found '$list'"
            shift
            ;;
        --jobs)
            jobs=${2-}
            [[ $jobs =~ ^[1-9][0-9]*$ ]] || die "--jobs takes a number from 1, found '$jobs'"
            shift
            ;;
        --resume) resume=yes ;;
        --write) write=yes ;;
        -h | --help)
            usage
            exit 0
            ;;
        -*)
            usage >&2
            exit 2
            ;;
        *) wanted+=("$1") ;;
    esac
    shift
done

read_mutations "$list"
check_mutations
if [ -n "$check" ]; then
    say "${#ids[@]} changes, each of which names one place"
    exit 0
fi

work="$project_dir/build/mutations"
results="$work/results"
mkdir -p "$results"

chosen=()
for i in "${!ids[@]}"; do
    if [ ${#wanted[@]} -eq 0 ] || [[ " ${wanted[*]} " == *" ${ids[i]} "* ]]; then
        if [ -z "$resume" ] || ! is_noticed "$i"; then
            chosen+=("$i")
        fi
    fi
done
for id in ${wanted[@]+"${wanted[@]}"}; do
    [[ " ${ids[*]} " == *" $id "* ]] || die "the list has no '$id'"
done

if [ ${#chosen[@]} -gt 0 ]; then
    say "Building the unchanged copy and running its tests"
    prepare 0
    build_unchanged 0
    workers=()
    for ((worker = 0; worker < jobs; ++worker)); do
        work_through "$worker" &
        workers+=($!)
    done
    for worker in "${workers[@]}"; do
        wait "$worker" || die "a worker stopped; its log is in build/mutations"
    done
fi

print_table
if [ -n "$write" ]; then
    write_document "$project_dir/docs/testing.md"
fi
