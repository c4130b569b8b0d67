#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Draws the pictures of README and docs again, with the program that scripts/run.sh builds.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
# shellcheck source=lib/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

configure release
build release || die "the build failed (preset release)"
program=$project_dir/build/release/app/headroom
images=$project_dir/docs/images

# Settings of their own, so that nobody's saved window shows.
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export XDG_CONFIG_HOME=$scratch/config XDG_DATA_HOME=$scratch/data XDG_CACHE_HOME=$scratch/cache

picture() {
    "$program" screenshot --out "$images/$1.png" --page "$2" --size 1600x1000 --theme "$3" --lang en
}

picture memory-light memory light
picture throughput-light throughput light
picture compare-dark compare dark
"$program" plot residuals --out "$images/residuals.png"
