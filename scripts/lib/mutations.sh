# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2154
# What scripts/mutate.sh does: reads the list of changes, makes them in copies, and keeps the results.
# Needs common.sh, and of its caller the names work, results, jobs and chosen.

ids=() files=() befores=() afters=() breaks=() hints=()

# read_mutations FILE: entries of "id:", "file:", "from:", "to:", "breaks:" and "tests:" lines.
read_mutations() {
    local list=$1 line key value
    while IFS= read -r line || [ -n "$line" ]; do
        if [ -z "$line" ] || [[ $line == \#* ]]; then continue; fi
        key=${line%%:*}
        value=${line#*: }
        case $key in
            id)
                ids+=("$value")
                files+=("") befores+=("") afters+=("") breaks+=("") hints+=("")
                ;;
            file) files[-1]=$value ;;
            from) befores[-1]=$value ;;
            to) afters[-1]=$value ;;
            breaks) breaks[-1]=$value ;;
            tests) hints[-1]=$value ;;
            *) die "found '$key', which is no key of an entry" ;;
        esac
    done <"$list"
    [ ${#ids[@]} -gt 0 ] || die "$list has no entry"
}

# check_mutations: every entry is whole, its name its own, and its text stands in its file exactly once.
check_mutations() {
    local i text rest name wrong=0 seen=" "
    for i in "${!ids[@]}"; do
        if [ -z "${files[i]}" ] || [ -z "${befores[i]}" ] || [ -z "${afters[i]}" ] || [ -z "${breaks[i]}" ]; then
            say "${ids[i]}: file, from, to and breaks are needed"
            wrong=1
            continue
        fi
        if [[ $seen == *" ${ids[i]} "* ]]; then
            say "${ids[i]}: stands twice in the list"
            wrong=1
        fi
        seen+="${ids[i]} "
        if [ ! -f "$project_dir/${files[i]}" ]; then
            say "${ids[i]}: there is no ${files[i]}"
            wrong=1
            continue
        fi
        text=$(<"$project_dir/${files[i]}")
        rest=${text#*"${befores[i]}"}
        if [ "$rest" = "$text" ]; then
            say "${ids[i]}: ${files[i]} does not have '${befores[i]}'"
            wrong=1
        elif [ "${rest#*"${befores[i]}"}" != "$rest" ]; then
            say "${ids[i]}: ${files[i]} has '${befores[i]}' more than once"
            wrong=1
        fi
        for name in ${hints[i]}; do
            if ! compgen -G "$project_dir/tests/core/$name.cpp" >/dev/null &&
                ! compgen -G "$project_dir/tests/core/*/$name.cpp" >/dev/null; then
                say "${ids[i]}: core has no test $name"
                wrong=1
            fi
        done
    done
    [ "$wrong" -eq 0 ] || die "the list does not fit the tree"
}

# Result of entry I, in $results: the change itself, so that an edited entry counts as new, and on the
# second line what came of it.
signature() { printf '%s -> %s' "${befores[$1]}" "${afters[$1]}"; }

outcome() {
    local file="$results/${ids[$1]}" lines=()
    if [ -f "$file" ]; then
        mapfile -t lines <"$file"
        if [ "${lines[0]}" = "$(signature "$1")" ]; then
            printf '%s' "${lines[1]}"
            return
        fi
    fi
    printf 'not run'
}

is_noticed() { [[ $(outcome "$1") == noticed* ]]; }

# prepare WORKER: makes its copy equal to the checkout; only what differs is written, for the build's sake.
prepare() {
    local tree="$work/tree$1" file
    mkdir -p "$tree"
    (cd "$project_dir" && git -c safe.directory="$project_dir" ls-files -z --cached --others --exclude-standard) |
        while IFS= read -r -d '' file; do
            if [ -f "$project_dir/$file" ] && ! cmp -s "$project_dir/$file" "$tree/$file"; then
                mkdir -p "$tree/$(dirname "$file")"
                cp "$project_dir/$file" "$tree/$file"
            fi
        done
    (cd "$tree" && find . -path ./build -prune -o -type f -print0) |
        while IFS= read -r -d '' file; do
            if [ ! -f "$project_dir/$file" ]; then rm -f "$tree/$file"; fi
        done
    cmake -S "$tree" -B "$tree/build" -G Ninja -DHEADROOM_BUILD_GUI=OFF -DCMAKE_BUILD_TYPE=Debug \
        -DCMAKE_CXX_FLAGS_DEBUG=-O1 >"$work/log$1" 2>&1 || die "configuring failed, see build/mutations/log$1"
}

# Paths of a copy are told to ccache as relative ones, so that the copies share their objects.
build_targets() { # WORKER TARGET...
    local tree="$work/tree$1"
    shift
    CCACHE_BASEDIR=$tree cmake --build "$tree/build" --parallel "${build_jobs:-1}" --target "$@"
}

run_test() { # WORKER NAME
    ctest --test-dir "$work/tree$1/build" -R "^$2\$" --no-tests=error --timeout "${test_timeout:-120}"
}

# All tests of core, the quick ones first: the order decides only how soon the answer comes.
core_tests() { # WORKER
    ctest --test-dir "$work/tree$1/build" -L core -N | sed -n 's/^ *Test *#[0-9]*: //p' |
        awk '{ print ($1 ~ /engine|validation/) "\t" $1 }' | sort -s -n -k1,1 | cut -f2
}

build_unchanged() { # WORKER
    local tests name
    mapfile -t tests < <(core_tests "$1")
    build_jobs=$jobs build_targets "$1" "${tests[@]}" >>"$work/log$1" 2>&1 ||
        die "the unchanged copy does not build, see build/mutations/log$1"
    for name in "${tests[@]}"; do
        run_test "$1" "$name" >>"$work/log$1" 2>&1 || die "$name fails without any change, see build/mutations/log$1"
    done
}

# work_through WORKER: every jobs-th of the chosen entries.
work_through() {
    local worker=$1 position tests=() text place i result
    if [ "$worker" -gt 0 ]; then
        prepare "$worker"
    fi
    mapfile -t tests < <(core_tests "$worker")
    for ((position = worker; position < ${#chosen[@]}; position += jobs)); do
        i=${chosen[position]}
        place="$work/tree$worker/${files[i]}"
        text=$(<"$place")
        printf '%s\n' "${text%%"${befores[i]}"*}${afters[i]}${text#*"${befores[i]}"}" >"$place"
        result=$(try "$worker" "$i" "${tests[@]}")
        printf '%s\n' "$text" >"$place"
        printf '%s\n%s\n' "$(signature "$i")" "$result" >"$results/${ids[i]}"
        say "${ids[i]}: $result"
    done
}

# try WORKER ENTRY TEST...: builds and runs test by test until one fails, those that the entry names first.
try() {
    local worker=$1 i=$2 name known tried=" "
    shift 2
    known=" $* "
    # shellcheck disable=SC2086 # the entry's tests are words
    for name in ${hints[i]} "$@"; do
        if [[ $tried == *" $name "* || $known != *" $name "* ]]; then continue; fi
        tried+="$name "
        if ! build_targets "$worker" "$name" >"$work/log$worker" 2>&1; then
            printf 'does not build'
            return
        fi
        if ! run_test "$worker" "$name" >"$work/log$worker" 2>&1; then
            printf 'noticed by %s' "$name"
            return
        fi
    done
    printf 'survived'
}

count_of() { # PATTERN
    local i number=0
    for i in "${!ids[@]}"; do
        # shellcheck disable=SC2053 # a pattern
        if [[ $(outcome "$i") == $1 ]]; then number=$((number + 1)); fi
    done
    printf '%d' "$number"
}

summary() {
    local noticed survived
    noticed=$(count_of 'noticed*')
    survived=$(count_of survived)
    printf '%s: %d changes, %d noticed, %d survived, %d do not build, %d not run.\n' "$(date +%F)" "${#ids[@]}" \
        "$noticed" "$survived" "$(count_of 'does not build')" "$(count_of 'not run')"
}

# shellcheck disable=SC2016 # Markdown's backquotes
code() { printf '`%s`' "${1//|/\\|}"; }

print_table() {
    local i
    summary
    printf '\n| change | where | from | to | breaks | result |\n|---|---|---|---|---|---|\n'
    for i in "${!ids[@]}"; do
        printf '| %s | %s | %s | %s | %s | %s |\n' "${ids[i]}" "${files[i]#core/}" "$(code "${befores[i]}")" \
            "$(code "${afters[i]}")" "${breaks[i]}" "$(outcome "$i")"
    done
}

# write_document FILE: the table takes the place of what follows the marker.
write_document() {
    local marker='<!-- scripts/mutate.sh --write puts its table below -->' text
    text=$(<"$1")
    [[ $text == *"$marker"* ]] || die "$1 has no line '$marker'"
    printf '%s\n\n%s\n' "${text%%"$marker"*}$marker" "$(print_table)" >"$1"
}
