#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Brings the translation files in line with the source: new strings come in as unfinished, strings
# that are gone leave. Translate the unfinished ones with Qt Linguist or an editor.
#   --check   changes nothing; fails where a string has no finished translation or is no longer used
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
translation=$root/resources/translations/headroom_zh_CN.ts

lupdate=
for candidate in /usr/lib/qt6/bin/lupdate lupdate6 lupdate; do
    if command -v "$candidate" > /dev/null; then
        lupdate=$candidate
        break
    fi
done
[ -n "$lupdate" ] || { echo "lupdate not found: install qt6-l10n-tools" >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$root/app" "$root/widgets" "$work"
# The tables of what core says: core knows no Qt, so that its rows are marked here.
for table in "$root"/core/*/*_sentences.h; do
    sed -E 's/\bsentence\("[^"]*",/QT_TRANSLATE_NOOP("Core",/' "$table" > "$work/$(basename "$table")"
done
# lupdate does not look for a marked string inside the parentheses of a function that is called tr.
find "$work" -name '*.cpp' -exec sed -i -E 's/\btr\((QT_TRANSLATE_NOOP)/marked(\1/g' {} +
cp "$translation" "$work/updated.ts"

obsolete=-no-obsolete
[ "${1:-}" != --check ] || obsolete=
(cd "$work" && "$lupdate" -silent -I . -locations none $obsolete app widgets ./*_sentences.h -ts updated.ts) 2> "$work/log" ||
    { cat "$work/log" >&2; exit 1; }

if [ "${1:-}" != --check ]; then
    cp "$work/updated.ts" "$translation"
    echo "$(grep -c 'type="unfinished"' "$translation" || true) strings to translate in $translation"
    exit 0
fi
problems=$(grep -B 3 -E 'type="(unfinished|vanished|obsolete)"' "$work/updated.ts" |
    grep -E '<source>|type=' || true)
if [ -n "$problems" ]; then
    echo "$problems"
    echo "strings to translate or to drop: run scripts/update-translations.sh" >&2
    exit 1
fi
