#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds Headroom and starts it.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
# shellcheck source=lib/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
# shellcheck source=lib/packages.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/packages.sh"

usage() {
    cat <<'END'
usage: scripts/run.sh [-- ARGUMENTS...]

Installs the packages that are missing (apt, with sudo when not root), builds Headroom and starts it.
Whatever stands after -- is handed to the program, for example: scripts/run.sh -- analyze qwen3-8b
END
}

case ${1-} in
    "") ;;
    --) shift ;;
    -h | --help)
        usage
        exit 0
        ;;
    *)
        say "scripts/run.sh: '$1' is not an option of this script; arguments for the program stand after --"
        usage >&2
        exit 2
        ;;
esac

install_missing "${build_packages[@]}" "${run_packages[@]}"
configure release
if ! build release headroom; then
    die "the build failed, see above"
fi
program="$project_dir/build/release/app/headroom"
[ -x "$program" ] || die "the build did not make $program"

# QT_QPA_PLATFORM: whoever names a platform (offscreen, vnc) wants the window there.
if [ $# -eq 0 ] && [ -z "${DISPLAY-}${WAYLAND_DISPLAY-}${QT_QPA_PLATFORM-}" ]; then
    say "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can open."
    say "The command line works without one:"
    say ""
    exec "$program" --help
fi
exec "$program" "$@"
