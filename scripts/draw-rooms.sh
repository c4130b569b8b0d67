#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Draws docs/images/rooms.svg: the rooms that docs/architecture.md names, and which of them includes which, as the
# sources say. An arrow that follows from others is left out.
#   --check   changes nothing; fails where the picture is not that of the sources
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
picture=$root/docs/images/rooms.svg

# room NAME PURPOSE, in the order of the tables
rooms() {
    sed -nE 's/^\| `((core|widgets|app)[a-z_\/]*)` \| (.*) \| [^|]* \|$/room\t\1\t\3/p' "$root/docs/architecture.md"
}

# use FOLDER FOLDER, for each include; main.cpp joins window and command line and is neither
uses() {
    (cd "$root" && grep -roE --include='*.h' --include='*.cpp' --exclude=main.cpp \
        '^[[:space:]]*#[[:space:]]*include[[:space:]]*"(core|widgets|app)/[^"]+' core widgets app) |
        sed -nE 's/^([a-z_\/]+)\/[^\/:]+:.*"([a-z_\/]+)\/[^\/"]+$/use\t\1\t\2/p' | LC_ALL=C sort -u
}

draw() {
    { rooms; uses; } | awk -F '\t' '
    function room_of(folder) {
        while (!(folder in purpose) && sub(/\/[^\/]*$/, "", folder)) {}
        return folder
    }
    function house_of(room) { sub(/\/.*/, "", room); return room }
    function escaped(text) {
        gsub(/`/, "", text); gsub(/&/, "\\&amp;", text); gsub(/</, "\\&lt;", text); gsub(/>/, "\\&gt;", text)
        return text
    }
    function cut(line) { sub(/,$/, "", line); return line " ..." }
    function text(x, y, size, colour, extra, words) {
        printf "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%s\" fill=\"%s\"%s>%s</text>\n", x, y, size, colour, extra, escaped(words)
    }
    function reaches(a, b,   i) { # through at least one room between them
        for (i = 1; i <= count; i++)
            if (((a, name[i]) in use) && name[i] != b && (((name[i], b) in use) || reaches(name[i], b))) return 1
        return 0
    }
    # A way through a floor between two rooms, as near to x as there is one.
    function way(house, floor, x,   i, j, near, free, c, n, candidate) {
        n = 0
        candidate[n++] = x
        for (i = 1; i <= count; i++)
            if (house_of(name[i]) == house && level[name[i]] == floor) {
                candidate[n++] = at[name[i]] - 0.54
                candidate[n++] = at[name[i]] + 0.54
            }
        near = -99
        for (c = 0; c < n; c++) {
            free = 1
            for (j = 1; j <= count; j++)
                if (house_of(name[j]) == house && level[name[j]] == floor &&
                    (candidate[c] - at[name[j]]) * (candidate[c] - at[name[j]]) < 0.53 * 0.53) free = 0
            if (free && (near == -99 || (candidate[c] - x) * (candidate[c] - x) < (near - x) * (near - x))) near = candidate[c]
        }
        return near
    }
    function px(x) { return left + pitch / 2 + x * pitch }
    function top_of(house, floor) { return base[house] + (floors[house] - floor) * (high + gap) }
    function curve(x1, y1, x2, y2) { return sprintf(" C%.1f %.1f %.1f %.1f %.1f %.1f", x1, (y1 + y2) / 2, x2, (y1 + y2) / 2, x2, y2) }
    function arrow(house, a, b,   d, floor, x, y, nx, ny, step) {
        x = px(at[a]); y = top_of(house, level[a]) + high
        d = sprintf("M%.1f %.1f", x, y)
        step = (at[b] - at[a]) / (level[a] - level[b])
        for (floor = level[a] - 1; floor > level[b]; floor--) {
            nx = px(way(house, floor, at[a] + step * (level[a] - floor))); ny = top_of(house, floor)
            d = d curve(x, y, nx, ny) sprintf(" L%.1f %.1f", nx, ny + high)
            x = nx; y = ny + high
        }
        d = d curve(x, y, px(at[b]), top_of(house, level[b]) - 4)
        printf "<path d=\"%s\" fill=\"none\" stroke=\"#8792a2\" stroke-width=\"1.4\"/>\n", d
        printf "<path d=\"M%.1f %.1f l-4 -6 h8 z\" fill=\"#8792a2\"/>\n", px(at[b]), top_of(house, level[b]) - 1
    }
    # Rooms of a floor stand below those that include them, apart from each other.
    function place(house, floor,   i, j, k, n, sum, users, own, wanted, mean, shift, t) {
        n = 0
        for (i = 1; i <= count; i++) {
            if (house_of(name[i]) != house || level[name[i]] != floor) continue
            sum = users = 0
            for (j = 1; j <= count; j++)
                if ((name[j], name[i]) in drawn) { sum += at[name[j]]; users++ }
            own[++n] = name[i]
            wanted[n] = users ? sum / users : (columns - 1) / 2
        }
        for (j = 2; j <= n; j++)
            for (k = j; k > 1 && wanted[k] < wanted[k - 1]; k--) {
                t = wanted[k]; wanted[k] = wanted[k - 1]; wanted[k - 1] = t
                t = own[k]; own[k] = own[k - 1]; own[k - 1] = t
            }
        mean = shift = 0
        for (j = 1; j <= n; j++) {
            mean += wanted[j] / n
            at[own[j]] = j > 1 && wanted[j] < at[own[j - 1]] + 1 ? at[own[j - 1]] + 1 : wanted[j]
            shift += at[own[j]] / n
        }
        shift = mean - shift
        if (at[own[1]] + shift < 0) shift = -at[own[1]]
        if (at[own[n]] + shift > columns - 1) shift = columns - 1 - at[own[n]]
        for (j = 1; j <= n; j++) at[own[j]] += shift
    }
    function box(room,   x, y, house, words, n, i, line, lines, drawn_lines, foot, other) {
        house = house_of(room)
        x = px(at[room]) - wide / 2; y = top_of(house, level[room])
        printf "<rect x=\"%.1f\" y=\"%.1f\" width=\"%d\" height=\"%d\" rx=\"7\" fill=\"%s\" stroke=\"%s\"/>\n", x, y, wide, high, fill[house], edge[house]
        line = room
        if (line != house) sub(/^[a-z]*\//, "", line)
        text(px(at[room]), y + 18, 14, "#1c2430", " font-weight=\"600\" text-anchor=\"middle\"", line)
        line = purpose[room]; sub(/[:;].*/, "", line)
        n = split(line, words, " "); line = ""; lines = 0
        for (i = 1; i <= n; i++) {
            if (length(line words[i]) > 35) { drawn_lines[++lines] = line; line = "" }
            line = line (line == "" ? "" : " ") words[i]
        }
        drawn_lines[++lines] = line
        for (i = 1; i <= lines && i <= 2; i++)
            text(px(at[room]), y + 20 + 13 * i, 10.5, "#4a5563", " text-anchor=\"middle\"", i == 2 && lines > 2 ? cut(drawn_lines[i]) : drawn_lines[i])
        if (house == "core") return
        foot = ""
        for (i = 1; i <= count; i++)
            if (house_of(name[i]) == "core" && ((room, name[i]) in use)) {
                other = name[i]; sub(/^core\//, "", other)
                foot = foot (foot == "" ? "" : " ") other
            }
        n = split(foot, words, " ")
        if (house == "app" || n > 5) foot = n " rooms of core"
        if (foot != "") text(px(at[room]), y + high - 7, 9.5, edge[house], " text-anchor=\"middle\"", foot)
    }
    $1 == "room" { name[++count] = $2; purpose[$2] = $3 }
    $1 == "use" { a = room_of($2); b = room_of($3); if (a != b && (a in purpose) && (b in purpose)) use[a, b] = 1 }
    END {
        columns = 4; wide = 222; high = 64; gap = 36; pitch = 246; left = 18
        fill["core"] = "#e3eefb"; edge["core"] = "#3b6ea8"; fill["widgets"] = "#e4f4e8"; edge["widgets"] = "#39804f"
        fill["app"] = "#fbeedd"; edge["app"] = "#a8692a"
        said["core"] = "core: every fact and figure, no Qt"; said["widgets"] = "widgets: what draws it"
        said["app"] = "app: what the user edits, as a window or a command line"
        n = split("app widgets core", houses, " "); y = 34
        for (h = 1; h <= n; h++) {
            house = houses[h]; floors[house] = 0
            for (pass = 1; pass <= count; pass++)
                for (i = 1; i <= count; i++)
                    for (j = 1; j <= count; j++)
                        if (house_of(name[i]) == house && house_of(name[j]) == house && ((name[i], name[j]) in use)) {
                            if (level[name[i]] < level[name[j]] + 1) level[name[i]] = level[name[j]] + 1
                            if (level[name[i]] > floors[house]) floors[house] = level[name[i]]
                            if (level[name[i]] > count) { print "rooms include each other: " name[i] > "/dev/stderr"; exit 1 }
                            if (!reaches(name[i], name[j])) drawn[name[i], name[j]] = 1
                        }
            base[house] = y
            y += (floors[house] + 1) * (high + gap) + 34
            for (floor = floors[house]; floor >= 0; floor--) place(house, floor)
        }
        width = 2 * left + columns * pitch
        printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" font-family=\"Inter, DejaVu Sans, Helvetica, Arial, sans-serif\">\n", width, y - 34, width
        print "<title>The rooms of Headroom and what each includes</title>"
        print "<!-- made by scripts/draw-rooms.sh -->"
        for (h = 1; h <= n; h++) {
            house = houses[h]
            printf "<rect x=\"6\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"12\" fill=\"%s\" fill-opacity=\"0.07\" stroke=\"%s\" stroke-opacity=\"0.35\"/>\n", base[house] - 30, width - 12, (floors[house] + 1) * (high + gap) + 18, edge[house], edge[house]
            text(18, base[house] - 11, 12, "#7a8594", " font-weight=\"600\"", said[house])
            for (i = 1; i <= count; i++)
                for (j = 1; j <= count; j++)
                    if (house_of(name[i]) == house && ((name[i], name[j]) in drawn)) arrow(house, name[i], name[j])
            for (i = 1; i <= count; i++)
                if (house_of(name[i]) == house) box(name[i])
        }
        print "</svg>"
    }'
}

if [ "${1:-}" = --check ]; then
    draw | cmp -s - "$picture" ||
        { echo "docs/images/rooms.svg is not the picture of the sources: run scripts/draw-rooms.sh" >&2; exit 1; }
else
    draw >"$picture.new"
    mv "$picture.new" "$picture"
fi
