// SPDX-License-Identifier: GPL-3.0-or-later
// TextDialog: a text to read in a window of its own that scrolls.
#pragma once

#include <QDialog>
#include <QString>

namespace headroom::ui {

class TextDialog : public QDialog {
    Q_OBJECT

public:
    TextDialog(const QString& title, const QString& html, QWidget* parent);
};

} // namespace headroom::ui
