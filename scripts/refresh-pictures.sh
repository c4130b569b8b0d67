#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Draws the pictures of README and docs again: every page, with the program that scripts/run.sh builds, and the rooms.
# The Validate page runs and times a design: let nothing else run meanwhile, and look at the picture.
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

picture overview-light overview light
picture memory-light memory light
picture throughput-light throughput light
picture roofline-dark roofline dark
picture compare-dark compare dark
picture claims-light claims light
picture validate-dark validate dark
"$program" plot residuals --out "$images/residuals.png"
"$project_dir/scripts/draw-rooms.sh"
