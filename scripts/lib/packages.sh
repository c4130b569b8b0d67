# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2034
# Which packages of Debian 12 and Ubuntu 24.04 the project needs, and how the missing ones get installed.
# One line a package. "a|b": the distributions name it differently, the first one on offer is taken.
# "a?": used where the distribution has it, left out (and said so) where not.

build_packages=(
    cmake
    g++
    ninja-build
    qt6-base-dev
    "qt6-svg-dev|libqt6svg6-dev"
    qt6-tools-dev
    qt6-tools-dev-tools
    qt6-l10n-tools
    libgl-dev
    libqcustomplot-dev
    nlohmann-json3-dev
    "libhwy-dev?"
)

# The window in Chinese needs a font that has the characters; on Wayland Qt needs its plugin.
run_packages=(
    fonts-dejavu-core
    fonts-noto-cjk
    qt6-wayland
)

test_packages=(
    ccache
    git
    "clang-format-14|clang-format"
)

installed() {
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

on_offer() {
    local policy
    policy=$(LC_ALL=C apt-cache policy "$1" 2>/dev/null)
    [[ $policy =~ Candidate:\ [0-9] ]]
}

# missing_entries ENTRY...: prints the entries of which no alternative is installed.
missing_entries() {
    local entry name found
    for entry in "$@"; do
        found=""
        for name in ${entry//[|?]/ }; do
            if installed "$name"; then found=yes; fi
        done
        if [ -z "$found" ]; then printf '%s\n' "$entry"; fi
    done
}

# install_missing ENTRY...: asks nothing; says first what it is about to install.
install_missing() {
    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        say "This system has no apt: make sure that the equivalents of these packages are installed: $*"
        return
    fi
    local missing=() entry name
    mapfile -t missing < <(missing_entries "$@")
    # An optional package that is not on offer stays missing for ever; it must not cost an update at each call.
    local required=""
    for entry in ${missing[@]+"${missing[@]}"}; do
        case $entry in
            *\?) if on_offer "${entry%\?}"; then required=yes; fi ;;
            *) required=yes ;;
        esac
    done
    if [ -z "$required" ]; then return; fi

    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null ||
            die "these packages are missing and neither root nor sudo is at hand to install them: ${missing[*]}"
        as_root=(sudo)
    fi
    say "Packages are missing; updating the package lists"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 update -qq >&2 ||
        die "the package lists could not be updated; is the network reachable?"

    local chosen=() left_out=() pick
    for entry in "${missing[@]}"; do
        pick=""
        for name in ${entry//[|?]/ }; do
            if [ -z "$pick" ] && on_offer "$name"; then pick=$name; fi
        done
        if [ -n "$pick" ]; then
            chosen+=("$pick")
        elif [[ $entry == *\? ]]; then
            left_out+=("${entry%\?}")
        else
            die "this system's package sources offer no '$entry' (supported: Debian 12, Ubuntu 24.04 with universe)"
        fi
    done
    if [ ${#left_out[@]} -gt 0 ]; then say "Not on offer here, left out: ${left_out[*]}"; fi
    if [ ${#chosen[@]} -eq 0 ]; then return; fi
    say "Installing with apt: ${chosen[*]}"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 \
        -o Dpkg::Use-Pty=0 install -y -qq --no-install-recommends "${chosen[@]}" >&2 ||
        die "apt could not install the packages named above"
}
