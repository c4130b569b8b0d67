// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/format/table_text.h"

namespace headroom::ui {

QString csvCell(QString text) {
    text.replace(u'"', QStringLiteral("\"\""));
    text.replace(u'\n', QStringLiteral("; "));
    return u'"' + text + u'"';
}

QString markdownCell(QString text) {
    text.replace(u'|', QStringLiteral("\\|"));
    text.replace(u'\n', QStringLiteral("<br>"));
    return text;
}

} // namespace headroom::ui
