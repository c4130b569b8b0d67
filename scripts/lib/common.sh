# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# What every script of the project shares: messages, the project's folder, configuring and building.
# Messages go to standard error, so that standard output belongs to the program that is run.

project_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

say() { printf '%s\n' "$*" >&2; }

die() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

cores() { nproc 2>/dev/null || getconf _NPROCESSORS_ONLN; }

# configure PRESET: does nothing where the preset is configured as CMakePresets.json stands now; Ninja
# itself notices changed CMake files. A build folder made for another place (a moved or copied checkout)
# is renewed.
configure() {
    local preset=$1 build="$project_dir/build/$1" home="" log fresh=()
    if [ -f "$build/CMakeCache.txt" ]; then
        home=$(sed -n 's/^CMAKE_HOME_DIRECTORY:INTERNAL=//p' "$build/CMakeCache.txt")
        if [ "$home" != "$project_dir" ]; then
            fresh=(--fresh)
        elif [ -f "$build/build.ninja" ] && [ ! "$project_dir/CMakePresets.json" -nt "$build/configured" ]; then
            return
        fi
    fi
    say "Configuring (preset $preset)"
    log=$(mktemp)
    (cd "$project_dir" && cmake ${fresh[@]+"${fresh[@]}"} --preset "$preset") >"$log" 2>&1 || {
        cat "$log" >&2
        rm -f "$log"
        die "configuring preset '$preset' failed, see above"
    }
    rm -f "$log"
    touch "$build/configured"
}

# build PRESET [TARGET]: with all cores.
build() {
    local preset=$1
    shift
    (cd "$project_dir" && cmake --build --preset "$preset" --parallel "$(cores)" ${1:+--target "$1"}) >&2
}
