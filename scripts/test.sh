#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Everything a change has to pass: tests with warnings as errors, format, the core without Qt, sanitizers.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
# shellcheck source=lib/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
# shellcheck source=lib/packages.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/packages.sh"

usage() {
    cat <<'END'
usage: scripts/test.sh [--quick]

Installs what is missing (apt, with sudo when not root), then: builds with warnings as errors and runs all
tests, checks the format, builds the core without Qt, and runs the tests under the address and
undefined-behaviour sanitizers. --quick stops after the first of these.
END
}

quick=""
case ${1-} in
    "") ;;
    --quick) quick=yes ;;
    -h | --help)
        usage
        exit 0
        ;;
    *)
        usage >&2
        exit 2
        ;;
esac

summary=()
started=$SECONDS

# run_tests PRESET: keeps ctest's closing lines for the end.
run_tests() {
    local preset=$1 log="$project_dir/build/$1/ctest.log" status=0
    (cd "$project_dir" && ctest --preset "$preset" --parallel "$(cores)") 2>&1 | tee "$log" || status=$?
    [ "$status" -eq 0 ] || die "tests failed (preset $preset)"
    summary+=("$preset: $((SECONDS - stage_started)) s" "$(grep -E '% tests passed' "$log")")
}

stage() {
    stage_started=$SECONDS
    say ""
    say "== $*"
}

check_format() {
    local tool
    tool=$(command -v clang-format-14 || command -v clang-format) || die "clang-format is missing"
    if ! "$tool" --version | grep -q 'version 14\.'; then
        # Each version lays out a few constructs differently; the project's style is that of version 14.
        say "Not checked: the format is that of clang-format 14, here is $("$tool" --version)"
        summary+=("format: not checked, clang-format 14 is not on offer here")
        return
    fi
    # Without git, as in a bare container when the sources were fetched, all files are the project's.
    (cd "$project_dir" && {
        git -c safe.directory="$project_dir" ls-files -z '*.h' '*.cpp' 2>/dev/null ||
            find app core tests widgets -name '*.h' -print0 -o -name '*.cpp' -print0
    } | xargs -0 -r "$tool" --dry-run -Werror) ||
        die "these files are not formatted; run clang-format 14 on them"
    summary+=("format: as .clang-format says")
}

install_missing "${build_packages[@]}" "${run_packages[@]}" "${test_packages[@]}"
# Objects that two presets compile alike (the core of 'ci' and 'core-only') are then compiled once.
export CCACHE_BASEDIR=$project_dir

stage "Tests, warnings as errors (preset ci)"
configure ci
build ci || die "the build failed (preset ci)"
run_tests ci

if [ -z "$quick" ]; then
    stage "Format"
    check_format

    stage "The core without Qt (preset core-only)"
    configure core-only
    build core-only || die "the build failed (preset core-only)"
    summary+=("core-only: built without Qt")

    stage "Tests under the address and undefined-behaviour sanitizers (preset asan)"
    configure asan
    build asan || die "the build failed (preset asan)"
    run_tests asan
fi

printf '\n== All passed in %d s\n' "$((SECONDS - started))"
printf '%s\n' "${summary[@]}"
