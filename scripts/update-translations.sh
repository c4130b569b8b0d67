#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Brings the translation files in line with the source: new strings come in as unfinished, strings
# that are gone leave. Translate the unfinished ones with Qt Linguist or an editor.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
lupdate=$(command -v lupdate6 || true)
[ -n "$lupdate" ] || lupdate=/usr/lib/qt6/bin/lupdate
[ -x "$lupdate" ] || lupdate=lupdate
"$lupdate" -I . -locations none -no-obsolete app widgets -ts resources/translations/headroom_zh_CN.ts
