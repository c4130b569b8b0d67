// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/text_dialog.h"

#include <QDialogButtonBox>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace headroom::ui {

TextDialog::TextDialog(const QString& title, const QString& html, QWidget* parent)
    : QDialog(parent) {
    setWindowTitle(title);
    auto* column = new QVBoxLayout(this);
    auto* text = new QTextBrowser(this);
    text->setAccessibleName(title);
    text->setFrameShape(QFrame::NoFrame);
    text->setHtml(html);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    column->addWidget(text);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    resize(640, 560);
}

} // namespace headroom::ui
